// SPDX-License-Identifier: Apache-2.0
//
// Moving what a written date says by a number of days. Every rule is undone by
// the same number with the other sign, but for the two days named below:
//
//   year, month, day   by the days; a day that its month doesn't have
//                      (2/30/2021) counts on past the month's end first, and
//                      comes back as the day that is (3/2/2021)
//   month, day         by the days around a year of 365; 2/29 moves as 2/28
//                      and comes back as that
//   year, month        by the days in months of 30.44, rounded
//   month              the same, around the year
//   year               by the days in years of 365.24, rounded
//   day                by what the days leave over whole months, around 31
//   weekday            by the days around the week, also beside a date: a wrong
//                      weekday stays as wrong as it was
//
// So intervals between whole dates are exact, those between months in months.
// Pure functions.

#ifndef PHIWIRE_ANONYMIZERS_DATE_OFFSET_H_
#define PHIWIRE_ANONYMIZERS_DATE_OFFSET_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "anonymizers/date_form.h"

namespace phiwire {

// Nullopt when it can't or must not be moved: beyond the years 1 to 9999, and
// values that stand for "no date", which would give the offset away: any day of
// 9999, 1 January 1900 and 1 January 1.
std::optional<DateValue> MovedBy(const DateValue& value, std::int64_t days);

// Offsets of up to `most` days either way, ascending: none that leaves a day in
// place in any of the forms above (not 0, no multiple of 365 days or of a
// month), nor, from a `most` of 31 on, a month with its year (15 or fewer);
// multiples of 7 only if asked, which leave weekdays in place.
std::vector<int> AllowedOffsets(int most, bool whole_weeks);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_DATE_OFFSET_H_
