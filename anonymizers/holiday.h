// SPDX-License-Identifier: Apache-2.0
//
// Holidays that name a day: those of a fixed day ("Christmas Eve"), and with
// their year those that move by rule ("Thanksgiving 2022", "Easter 1950").
// Their date is written in words, "December 25, 2020", for the name can't be
// shifted; MMMM or mmmm when the name was. Holidays of lunar calendars, and
// moving ones without a year, are not read. Pure functions.

#ifndef PHIWIRE_ANONYMIZERS_HOLIDAY_H_
#define PHIWIRE_ANONYMIZERS_HOLIDAY_H_

#include <optional>
#include <string_view>

#include "anonymizers/date_form.h"

namespace phiwire {

// The form views static text.
std::optional<DateForm> ReadHoliday(std::string_view text);

// Western (Gregorian) Easter, years 1583 to 9999.
CivilDate EasterOf(int year);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_HOLIDAY_H_
