// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/slot.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "anonymizers/zip3.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr int kOldestAge = 89;  // 45 CFR 164.514(b)(2)(i)(C)
constexpr std::size_t kTokenLength = 10;

bool AllDigits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), IsDigit);
}

// Two digits from `at`; -1 when the date ends before.
int Two(std::string_view digits, std::size_t at) {
  if (at + 2 > digits.size()) return -1;
  return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
}

// YYYY, YYYYMM, ... YYYYMMDDHHMMSS with every part in its range.
bool IsStamp(std::string_view digits) {
  if (digits.size() < 4 || digits.size() > 14 || digits.size() % 2 != 0 ||
      !AllDigits(digits)) {
    return false;
  }
  const int month = Two(digits, 4);
  const int day = Two(digits, 6);
  using std::chrono::year_month_day;
  const year_month_day date{
      std::chrono::year(Two(digits, 0) * 100 + Two(digits, 2)),
      std::chrono::month(month < 0 ? 1u : static_cast<unsigned>(month)),
      std::chrono::day(day < 0 ? 1u : static_cast<unsigned>(day))};
  return date.ok() && Two(digits, 8) < 24 && Two(digits, 10) < 60 &&
         Two(digits, 12) < 61;  // a leap second
}

// ".S" to ".SSSS"; none.
bool IsFraction(std::string_view s) {
  return s.empty() || (s[0] == '.' && s.size() >= 2 && s.size() <= 5 &&
                       AllDigits(s.substr(1)));
}

// "+ZZZZ", "-ZZZZ"; none.
bool IsZone(std::string_view s) {
  return s.empty() || ((s[0] == '+' || s[0] == '-') && s.size() == 5 &&
                       AllDigits(s.substr(1)));
}

bool IsHl7Date(std::string_view s) {
  // Not find_first_of, which calls memchr for each byte.
  const auto sign = std::find_if(s.begin(), s.end(),
                                 [](char c) { return c == '+' || c == '-'; });
  const auto zone = static_cast<std::size_t>(sign - s.begin());
  const std::size_t fraction = std::min(s.find('.'), zone);
  const std::string_view stamp = s.substr(0, fraction);
  const std::string_view part = s.substr(fraction, zone - fraction);
  return IsStamp(stamp) && IsFraction(part) &&
         (part.empty() || stamp.size() == 14) && IsZone(s.substr(zone));
}

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

SlotOptions SlotOptions::Now() {
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {static_cast<int>(std::chrono::year_month_day(today).year())};
}

std::string HarborYear(std::string_view date, int reference_year) {
  if (!IsHl7Date(date)) return "";
  const int year = Two(date, 0) * 100 + Two(date, 2);
  if (year < reference_year - kOldestAge) return "";
  return std::string(date.substr(0, 4));
}

std::string HarborIdentifier(std::string_view value) {
  if (value.empty()) return "";
  const bool letters = std::any_of(value.begin(), value.end(), IsLetter);
  const bool digits = std::any_of(value.begin(), value.end(), IsDigit);
  return std::string(kTokenLength, digits && !letters ? '0' : 'X');
}

std::optional<std::string> HarborForm(const Target& target,
                                      const SlotOptions& options) {
  switch (target.grammar) {
    case SlotGrammar::kFreeText:
    case SlotGrammar::kName:
      return std::nullopt;
    case SlotGrammar::kHl7Date:
      return HarborYear(target.surface, options.reference_year);
    case SlotGrammar::kIdentifier:
      return HarborIdentifier(target.surface);
    case SlotGrammar::kZip:
      return HarborZip(target.surface);
    case SlotGrammar::kEmpty:
      return "";
  }
  return "";  // a grammar of a later version: empty is always safe
}

}  // namespace phiwire
