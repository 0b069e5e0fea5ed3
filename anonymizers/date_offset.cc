// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/date_offset.h"

#include <algorithm>

namespace phiwire {
namespace {

// The Gregorian calendar repeats after 400 years of 146,097 days.
constexpr std::int64_t kCycleDays = 146097;
constexpr std::int64_t kCycleYears = 400;
constexpr std::int64_t kCycleMonths = 4800;
constexpr int kPlainYear = 2001;  // of 365 days

// Both halves away from zero, so that a and -a give opposite results.
std::int64_t Rounded(std::int64_t a, std::int64_t b) {
  return a >= 0 ? (2 * a + b) / (2 * b) : -((-2 * a + b) / (2 * b));
}

std::int64_t Wrapped(std::int64_t a, std::int64_t size) {
  const std::int64_t rest = a % size;
  return rest < 0 ? rest + size : rest;
}

std::int64_t MonthsOf(std::int64_t days) {
  return Rounded(days * kCycleMonths, kCycleDays);
}

// What is left of the days beyond whole months, -15 to 15.
std::int64_t BeyondMonths(std::int64_t days) {
  return days - Rounded(MonthsOf(days) * kCycleDays, kCycleMonths);
}

bool InRange(std::int64_t year) { return year >= 1 && year <= 9998; }

bool StandsForNone(const CivilDate& d) {
  if (d.year >= 9999) return true;
  return (d.year == 1900 || d.year == 1) && d.month == 1 && d.day == 1;
}

std::optional<CivilDate> MovedDay(const CivilDate& d, std::int64_t days) {
  const std::int64_t first = DaysFromCivil({d.year, d.month, 1});
  const CivilDate out = CivilFromDays(first + d.day - 1 + days);
  if (!InRange(out.year)) return std::nullopt;
  return out;
}

CivilDate MovedMonthDay(const CivilDate& d, std::int64_t days) {
  const std::int64_t begin = DaysFromCivil({kPlainYear, 1, 1});
  const int day = d.month == 2 && d.day == 29 ? 28 : d.day;
  const std::int64_t at =
      DaysFromCivil({kPlainYear, d.month, 1}) - begin + day - 1 + days;
  CivilDate out = CivilFromDays(begin + Wrapped(at, 365));
  out.year = 0;
  return out;
}

std::optional<CivilDate> MovedMonth(const CivilDate& d, std::int64_t days) {
  const std::int64_t at = d.year * 12 + d.month - 1 + MonthsOf(days);
  CivilDate out;
  out.month = static_cast<int>(Wrapped(at, 12)) + 1;
  if (d.year == 0) return out;
  out.year = static_cast<int>(at / 12);
  if (!InRange(out.year)) return std::nullopt;
  return out;
}

std::optional<CivilDate> MovedDate(const CivilDate& d, std::int64_t days) {
  if (d.month != 0 && d.day != 0) {
    return d.year == 0 ? MovedMonthDay(d, days) : MovedDay(d, days);
  }
  if (d.month != 0) return MovedMonth(d, days);
  CivilDate out;
  if (d.day != 0) {
    out.day = static_cast<int>(Wrapped(d.day - 1 + BeyondMonths(days), 31)) + 1;
  }
  if (d.year != 0) {
    const std::int64_t year = d.year + Rounded(days * kCycleYears, kCycleDays);
    if (!InRange(year)) return std::nullopt;
    out.year = static_cast<int>(year);
  }
  return out;
}

}  // namespace

std::optional<DateValue> MovedBy(const DateValue& value, std::int64_t days) {
  if (StandsForNone(value.date)) return std::nullopt;
  const std::optional<CivilDate> date = MovedDate(value.date, days);
  if (!date) return std::nullopt;
  DateValue out{*date, value.weekday};
  if (out.weekday >= 0) {
    out.weekday = static_cast<int>(Wrapped(out.weekday + days, 7));
  }
  return out;
}

std::vector<int> AllowedOffsets(int most, bool whole_weeks) {
  std::vector<int> allowed;
  const bool months = most >= 31;
  for (int days = -most; days <= most; ++days) {
    if (days % 365 == 0 || BeyondMonths(days) == 0) continue;
    if (months && MonthsOf(days) == 0) continue;
    if (whole_weeks && days % 7 != 0) continue;
    allowed.push_back(days);
  }
  return allowed;
}

}  // namespace phiwire
