// SPDX-License-Identifier: Apache-2.0
//
// Values made coarser, one function a kind; "" when nothing of the value may
// stay or it isn't understood. Each is a fixed point: its own output comes back
// unchanged. Pure functions.
//
//   CoarseDate("03/04/2021", kYear, 2024)     == "2021"
//   CoarseDate("3/4/1930", kYear, 2024)       == ""       94 years ago
//   CoarseAge("ninety-three", 2024)           == "90+"
//   CoarsePoint("41.1287,-80.5519", 1)        == "41.1,-80.6"

#ifndef PHIWIRE_ANONYMIZERS_COARSE_H_
#define PHIWIRE_ANONYMIZERS_COARSE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace phiwire {

enum class DatePrecision : std::uint8_t { kYear, kMonth, kDay, kHour };

// Any form of date_form.h, as ISO 8601 of at most that precision ("2021",
// "2021-03"); ranges as two with a hyphen, or "/" below the year, one when both
// are the same. "" also without a year, and for a year more than 89 before
// `reference_year`. A year of two digits that would lie after it is one of the
// last century, and "" when that could be the birth of someone over 89.
std::string CoarseDate(std::string_view date, DatePrecision precision,
                       int reference_year);

// The same of an HL7 DT, TS or DTM, in that form; the zone stays at kHour.
std::string CoarseHl7Date(std::string_view date, DatePrecision precision,
                          int reference_year);

// An age of 90 or more as "90+" and its unit as it was ("93-year-old" gives
// "90+-year-old"), others as they are; in digits or English words; units are
// years unless months, weeks or days are said. Four digits are a year of birth
// and go by the rule of dates.
std::string CoarseAge(std::string_view age, int reference_year);

// Latitude and longitude in decimal degrees, rounded to `decimals`, 0 to 2.
std::string CoarsePoint(std::string_view point, int decimals);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_COARSE_H_
