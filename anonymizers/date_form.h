// SPDX-License-Identifier: Apache-2.0
//
// A written date taken apart: what it says, and how it says it, so that another
// date can be written the same way. What is understood and what isn't, the
// order of day and month, two-digit years and ranges: docs/anonymizers.md,
// "How dates are read". What isn't understood is nullopt, and its text must
// not be let through.
//
//   auto form = ReadDate("Mar 4th, '21", DateOrder::kMonthFirst);
//   std::string out;
//   WriteDate(*form, {{2021, 6, 1}, {}}, &out);          // "Jun 1st, '21"
//
// Forms view the text they were read from. No allocation but the output's;
// pure functions, safe from any thread.

#ifndef PHIWIRE_ANONYMIZERS_DATE_FORM_H_
#define PHIWIRE_ANONYMIZERS_DATE_FORM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "anonymizers/letter_case.h"
#include "anonymizers/month_names.h"
#include "base/calendar.h"

namespace phiwire {

enum class DatePart : std::uint8_t {
  kLiteral,  // copied: separators, "the", a time of day
  kYear,
  kMonth,
  kDay,
  kWeekday,
  kEpoch,  // seconds or milliseconds since 1970
};

enum class DateStyle : std::uint8_t {
  kDigits,   // 3
  kPadded,   // 03; years have four digits in both
  kShort,    // 21 of 2021
  kOrdinal,  // 3rd
  kFirst,    // 1er: a suffix that only the first of a month has
  kWords,    // third; two thousand nineteen
  kName,     // March, Monday
  kCut,      // Mar, Mon
  kRoman,    // III
};

// No initial values, so that an array of pieces costs nothing until it is used:
// "DatePiece piece{};" is a literal.
struct DatePiece {
  DatePart part;
  DateStyle style;
  LetterCase letter_case;
  DateLanguage language;
  std::uint16_t begin;  // in the form's text
  std::uint16_t size;
};

// What a date says; 0 and -1: not said.
struct DateValue {
  CivilDate date;
  int weekday = -1;  // 0 Sunday to 6
  friend bool operator==(const DateValue&, const DateValue&) = default;
};

// One date. Its day may be one its month doesn't have (2/30/2021), never more
// than 31.
struct DateForm {
  static constexpr std::size_t kMaxPieces = 20;
  std::string_view text;
  std::array<DatePiece, kMaxPieces> pieces;  // the first `count`
  std::size_t count = 0;
  DateValue value;

  // Index of the piece of a part; count when there is none.
  std::size_t Find(DatePart part) const;
  bool Has(DatePart part) const { return Find(part) < count; }
};

struct DateValues {
  DateValue first;
  DateValue last;  // of a range
};

// A date, or a range of two ("March 14-16, 2021").
struct WrittenDate {
  DateForm first;
  DateForm last;  // of a range only
  bool range = false;
  std::string_view between;  // what joins the two
  // What both say together: a month or year that is written once counts for
  // both. A year that is written behind the later end is the year before for
  // an earlier end that would come after it (12/30-1/2/22).
  DateValues values;
};

// Longer texts are no dates.
inline constexpr std::size_t kMaxDateSize = 96;

// `order` decides what could be both; the other order is taken when only that
// is a date. Holidays too (holiday.h): their form is "Month D[, YYYY]".
std::optional<WrittenDate> ReadDate(std::string_view text, DateOrder order);

// The same, and if that fails once more with the digits that a scan or a wide
// font disguises: l, I, O, S in runs that hold nothing but them and digits, and
// full-width digits. The form then views *repaired.
std::optional<WrittenDate> ReadDisguisedDate(std::string_view text,
                                             DateOrder order,
                                             std::string* repaired);

// HL7 v2's DT, TS, DTM: YYYY[MM[DD[HH[MM[SS[.S to .SSSS]]]]]][+ZZZZ], also
// when six digits could be read otherwise.
std::optional<WrittenDate> ReadHl7Date(std::string_view text);

// Appends the form with other values; parts that the form doesn't write are
// ignored. Ends of a range that share a written month get one each when their
// months differ now.
void WriteDate(const WrittenDate& form, const DateValues& values,
               std::string* out);

namespace internal {
// One date, no range, no holiday.
std::optional<DateForm> ReadOneDate(std::string_view text, DateOrder order);
// Without a time of day, with separators or names.
std::optional<DateForm> ReadUntimedDate(std::string_view text, DateOrder order);
// Digits with no separators, a time may follow: 20210314, 20210314T0830Z,
// 210314 (the first of year, month or day first that is a date), 03142021, or
// epoch seconds (10 digits) and milliseconds (13).
std::optional<DateForm> ReadCompact(std::string_view text);
// The end of a range whose month stands at its begin: "16, 2021", "16/21".
std::optional<DateForm> ReadDayYear(std::string_view text);
void WritePiece(const DateForm& form, const DatePiece& piece,
                const DateValue& value, std::string* out);
}  // namespace internal

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_DATE_FORM_H_
