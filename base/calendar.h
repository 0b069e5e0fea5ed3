// SPDX-License-Identifier: Apache-2.0
//
// Days and dates of the proleptic Gregorian calendar, and what a written date
// says. Pure functions; years 1 to 9999.
//
//   IsDate(2020, 2, 29)                          == true
//   ParseNumericDate("3/14/21", DateOrder::kMonthFirst)
//                                                == {2021, 3, 14}
//   CivilFromDays(DaysFromCivil({1970, 1, 1}))   == {1970, 1, 1}, day 0

#ifndef PHIWIRE_BASE_CALENDAR_H_
#define PHIWIRE_BASE_CALENDAR_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace phiwire {

struct CivilDate {
  int year = 0;  // 0: not said
  int month = 0;
  int day = 0;  // 0: not said
  friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

enum class DateOrder : std::uint8_t { kMonthFirst, kDayFirst };

bool IsLeapYear(int year);
// 28 to 31; 0 when month is not 1 to 12.
int DaysInMonth(int year, int month);
bool IsDate(int year, int month, int day);
// A month and day that some year has: February has 29.
bool IsMonthDay(int month, int day);

// Days since 1970-01-01, negative before it.
std::int64_t DaysFromCivil(const CivilDate& date);
CivilDate CivilFromDays(std::int64_t days);

// Two digits: 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999.
int FullYear(int two_digits);

// 1 to 12 of an English month or its abbreviation, any case, no full stop;
// 0 otherwise.
int MonthOfName(std::string_view name);

// Three numbers with one kind of separator (/ . - or a space): M/D/Y or D/M/Y
// with 2 or 4 digits of year, or Y-M-D with 4. `order` decides what could be
// both; the other order is taken when only that is a date.
std::optional<CivilDate> ParseNumericDate(std::string_view text,
                                          DateOrder order);

// YYYYMMDD with an optional HH, HHMM or HHMMSS behind it (HL7 DT, TS), or six
// digits: YYMMDD, MMDDYY or DDMMYY, whichever is a date first.
std::optional<CivilDate> ParseCompactDate(std::string_view digits);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_CALENDAR_H_
