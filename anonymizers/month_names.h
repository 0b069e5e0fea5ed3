// SPDX-License-Identifier: Apache-2.0
//
// Names of months and weekdays as notes hold them: English, Spanish, French
// and German, whole or cut to three letters, and Roman months I to XII. Pure
// functions; any case is read.
//
// "may" is whole and cut alike, it is read as whole; a date's other signs
// (12-MAY-21) may say otherwise. Four letters ("Sept") are read as cut and
// written back as three.

#ifndef PHIWIRE_ANONYMIZERS_MONTH_NAMES_H_
#define PHIWIRE_ANONYMIZERS_MONTH_NAMES_H_

#include <cstdint>
#include <string_view>

namespace phiwire {

enum class DateLanguage : std::uint8_t { kEnglish, kSpanish, kFrench, kGerman };

struct MonthName {
  int month = 0;  // 1 to 12; 0: no month's name
  DateLanguage language = DateLanguage::kEnglish;
  bool cut = false;  // "Mar"
};

MonthName ReadMonth(std::string_view word);
// In lower case.
std::string_view WriteMonth(const MonthName& name);

// I to XII all in one case; 0 otherwise.
int ReadRomanMonth(std::string_view word);
std::string_view WriteRomanMonth(int month);

struct WeekdayName {
  int weekday = -1;  // 0 Sunday to 6; -1: none's name
  bool cut = false;  // "Mon"
};

// English: whole, or three to five letters (Tue, Tues, Thurs).
WeekdayName ReadWeekday(std::string_view word);
std::string_view WriteWeekday(const WeekdayName& name);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_MONTH_NAMES_H_
