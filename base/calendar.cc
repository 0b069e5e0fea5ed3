// SPDX-License-Identifier: Apache-2.0

#include "base/calendar.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr int kMinYear = 1000;  // a written year has four digits

int Number(std::string_view digits) {
  int n = 0;
  for (char c : digits) n = n * 10 + (c - '0');
  return n;
}

struct Parts {
  std::array<int, 3> value{};
  std::array<std::size_t, 3> width{};
};

// Exactly three runs of one to four digits between two equal separators,
// each with at most one space on either side.
std::optional<Parts> Split(std::string_view text) {
  Parts parts;
  std::size_t at = 0;
  char separator = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i > 0) {
      char found = 0;
      for (; at < text.size() && !IsDigit(text[at]); ++at) {
        if (text[at] == ' ') continue;
        if (found != 0) return std::nullopt;
        found = text[at];
      }
      if (found == 0) found = ' ';
      if (i == 1) separator = found;
      if (found != separator) return std::nullopt;
    }
    const std::size_t begin = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    parts.width[i] = at - begin;
    if (parts.width[i] == 0 || parts.width[i] > 4) return std::nullopt;
    parts.value[i] = Number(text.substr(begin, parts.width[i]));
  }
  if (at != text.size()) return std::nullopt;
  return parts;
}

std::optional<CivilDate> Checked(int year, int month, int day) {
  if (year < kMinYear || !IsDate(year, month, day)) return std::nullopt;
  return CivilDate{year, month, day};
}

}  // namespace

bool IsLeapYear(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int DaysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  if (month == 2 && IsLeapYear(year)) return 29;
  return kDays[static_cast<std::size_t>(month - 1)];
}

bool IsDate(int year, int month, int day) {
  return year >= 1 && year <= 9999 && day >= 1 &&
         day <= DaysInMonth(year, month);
}

bool IsMonthDay(int month, int day) { return IsDate(2000, month, day); }

// Both after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
// https://howardhinnant.github.io/date_algorithms.html
std::int64_t DaysFromCivil(const CivilDate& date) {
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t shifted = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int64_t day_of_year = (153 * shifted + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDate CivilFromDays(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe =
      (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  CivilDate out;
  out.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  out.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  out.year = static_cast<int>(yoe + era * 400 + (out.month <= 2 ? 1 : 0));
  return out;
}

int FullYear(int two_digits) {
  return two_digits + (two_digits < 50 ? 2000 : 1900);
}

int MonthOfName(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (name.size() < 3) return 0;
  for (std::size_t m = 0; m < kNames.size(); ++m) {
    const std::string_view full = kNames[m];
    const bool sept = m == 8 && name.size() == 4;
    if (name.size() != full.size() && name.size() != 3 && !sept) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < name.size(); ++i) {
      same = (name[i] | 0x20) == full[i];
    }
    if (same) return static_cast<int>(m) + 1;
  }
  return 0;
}

std::optional<CivilDate> ParseNumericDate(std::string_view text,
                                          DateOrder order) {
  const std::optional<Parts> parts = Split(text);
  if (!parts) return std::nullopt;
  const auto& [value, width] = *parts;
  if (width[0] == 4) {
    if (width[1] > 2 || width[2] > 2) return std::nullopt;
    return Checked(value[0], value[1], value[2]);
  }
  if (width[0] > 2 || width[1] > 2 || (width[2] != 2 && width[2] != 4)) {
    return std::nullopt;
  }
  const int year = width[2] == 2 ? FullYear(value[2]) : value[2];
  const bool month_first = order == DateOrder::kMonthFirst;
  const int m = month_first ? value[0] : value[1];
  const int d = month_first ? value[1] : value[0];
  const std::optional<CivilDate> date = Checked(year, m, d);
  return date ? date : Checked(year, d, m);
}

std::optional<CivilDate> ParseCompactDate(std::string_view digits) {
  for (char c : digits) {
    if (!IsDigit(c)) return std::nullopt;
  }
  const auto two = [digits](std::size_t at) {
    return Number(digits.substr(at, 2));
  };
  if (digits.size() == 6) {
    std::optional<CivilDate> date = Checked(FullYear(two(0)), two(2), two(4));
    if (!date) date = Checked(FullYear(two(4)), two(0), two(2));
    if (!date) date = Checked(FullYear(two(4)), two(2), two(0));
    return date;
  }
  if (digits.size() < 8 || digits.size() > 14 || digits.size() % 2 != 0) {
    return std::nullopt;
  }
  if (digits.size() > 8 && two(8) > 23) return std::nullopt;
  if (digits.size() > 10 && two(10) > 59) return std::nullopt;
  if (digits.size() > 12 && two(12) > 60) return std::nullopt;
  return Checked(Number(digits.substr(0, 4)), two(4), two(6));
}

}  // namespace phiwire
