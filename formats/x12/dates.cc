// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/dates.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/calendar.h"

namespace phiwire::x12 {
namespace {

// The first moment of a year.
constexpr std::string_view kFirst = "CCYY0101000000";

bool AllDigits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), IsDigit);
}

}  // namespace

bool IsDateDigits(std::string_view value) {
  return value.size() >= 4 && value.size() <= kFirst.size() &&
         value.size() % 2 == 0 && AllDigits(value);
}

std::size_t RangeHyphen(std::string_view value) {
  const std::size_t hyphen = value.find('-');
  if (hyphen == std::string_view::npos) return 0;
  return IsDateDigits(value.substr(0, hyphen)) &&
                 IsDateDigits(value.substr(hyphen + 1))
             ? hyphen
             : 0;
}

std::string WithCentury(std::string_view yymmdd) {
  std::string out = std::to_string(FullYear(NumberAt(yymmdd, 0, 2)));
  out += yymmdd.substr(2);
  return out;
}

absl::StatusOr<std::string> FitDate(std::string_view raw,
                                    std::string_view replaced,
                                    bool short_year) {
  std::string out(replaced);
  if (out.empty()) return out;
  if (!AllDigits(out) || out.size() < 4) {
    return absl::FailedPreconditionError("an X12 date takes digits only");
  }
  const std::size_t width = raw.size() + (short_year ? 2 : 0);
  if (out.size() < width) out += kFirst.substr(out.size(), width - out.size());
  return out.substr(short_year ? 2 : 0, raw.size());
}

}  // namespace phiwire::x12
