// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <optional>

#include "anonymizers/coarse.h"
#include "anonymizers/date_form.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr int kOldestAge = 89;  // 45 CFR 164.514(b)(2)(i)(C)

constexpr int kYearsEnd = 2500;

struct Stamp {
  CivilDate date;
  int hour = -1;
};

// The hour of the time of day that follows the date; -1 when none does.
int HourOf(const DateForm& form) {
  if (form.count == 0) return -1;
  const DatePiece& piece = form.pieces[form.count - 1];
  if (piece.part != DatePart::kLiteral) return -1;
  const std::string_view clock = form.text.substr(piece.begin, piece.size);
  std::size_t at = 0;
  while (at < clock.size() && !IsDigit(clock[at])) ++at;
  int hour = 0;
  std::size_t digits = 0;
  for (; at < clock.size() && IsDigit(clock[at]) && digits < 2; ++digits) {
    hour = hour * 10 + (clock[at++] - '0');
  }
  // A zone right behind a date ("20210314+0500") is no time.
  const bool zone = clock.starts_with('+') || clock.starts_with('-');
  if (digits == 0 || (zone && clock.size() == 5) || hour > 23) return -1;
  const std::string_view rest = clock.substr(at);
  const std::size_t half = rest.find_first_of("AaPp");
  if (half == std::string_view::npos || half + 1 >= rest.size() ||
      ((rest[half + 1] | 0x20) != 'm' && rest[half + 1] != '.')) {
    return hour;
  }
  const bool afternoon = (rest[half] | 0x20) == 'p';
  return hour % 12 + (afternoon ? 12 : 0);
}

// The year, 0 when none may stay.
int KeptYear(const DateForm& form, int year, int reference_year) {
  const std::size_t at = form.Find(DatePart::kYear);
  if (at < form.count && year > reference_year) {
    const DateStyle style = form.pieces[at].style;
    // In words it may be "thirty-five".
    if (style == DateStyle::kShort || style == DateStyle::kWords) year -= 100;
  }
  return year < reference_year - kOldestAge ? 0 : year;
}

void AppendPadded(int number, std::size_t width, std::string* out) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out->append(width - digits.size(), '0');
  *out += digits;
}

std::string Written(const Stamp& stamp, DatePrecision precision, bool iso) {
  std::string out;
  const CivilDate& d = stamp.date;
  AppendPadded(d.year, 4, &out);
  if (precision == DatePrecision::kYear || d.month == 0) return out;
  if (iso) out += '-';
  AppendPadded(d.month, 2, &out);
  if (precision == DatePrecision::kMonth || d.day == 0) return out;
  if (iso) out += '-';
  AppendPadded(d.day, 2, &out);
  if (precision == DatePrecision::kDay || stamp.hour < 0) return out;
  if (iso) out += 'T';
  AppendPadded(stamp.hour, 2, &out);
  return out;
}

// One end of a date; "" when it must go.
std::string CoarseEnd(const DateForm& form, const CivilDate& date,
                      DatePrecision precision, int reference_year, bool iso) {
  Stamp stamp{date, HourOf(form)};
  stamp.date.year = KeptYear(form, date.year, reference_year);
  if (stamp.date.year == 0) return "";
  // A text of a later year alone is not read as a date.
  if (iso && stamp.date.year >= kYearsEnd) return "";
  const bool exists = date.day == 0 || date.month == 0 ||
                      IsDate(stamp.date.year, date.month, date.day);
  if (precision != DatePrecision::kYear && !exists) return "";
  return Written(stamp, precision, iso);
}

}  // namespace

std::string CoarseDate(std::string_view date, DatePrecision precision,
                       int reference_year) {
  std::string repaired;
  const std::optional<WrittenDate> written =
      ReadDisguisedDate(date, DateOrder::kMonthFirst, &repaired);
  if (!written) return "";
  const DateForm& year_of_first =
      written->first.Has(DatePart::kYear) || !written->range ? written->first
                                                             : written->last;
  std::string first = CoarseEnd(year_of_first, written->values.first.date,
                                precision, reference_year, true);
  if (!written->range || first.empty()) return first;
  const DateForm& year_of_last =
      written->last.Has(DatePart::kYear) ? written->last : written->first;
  std::string last = CoarseEnd(year_of_last, written->values.last.date,
                               precision, reference_year, true);
  if (last.empty() || last == first) return last;
  first += precision == DatePrecision::kYear ? "-" : "/";
  return first += last;
}

std::string CoarseHl7Date(std::string_view date, DatePrecision precision,
                          int reference_year) {
  const std::optional<WrittenDate> written = ReadHl7Date(date);
  if (!written) return "";
  const CivilDate& d = written->values.first.date;
  if (d.day != 0 && !IsDate(d.year, d.month, d.day)) return "";
  std::string out =
      CoarseEnd(written->first, d, precision, reference_year, false);
  const std::size_t zone = date.find_first_of("+-");
  if (out.size() == 10 && zone != std::string_view::npos) {
    out += date.substr(zone);
  }
  return out;
}

}  // namespace phiwire
