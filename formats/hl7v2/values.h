// SPDX-License-Identifier: Apache-2.0
//
// Shapes of HL7 values: dates, plain codes, binary text.

#ifndef PHIWIRE_FORMATS_HL7V2_VALUES_H_
#define PHIWIRE_FORMATS_HL7V2_VALUES_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace phiwire::hl7v2 {

struct CalendarDay {
  int year = 0;
  int month = 0;
  int day = 0;
};

// The day at the front of YYYYMMDD..., 1850-2149; nullopt when it is none.
std::optional<CalendarDay> ParseDay(std::string_view value);

// A whole DT or DTM of at least a day: YYYYMMDD[HHMM[SS[.S[S[S[S]]]]]][+-ZZZZ].
// Years and months alone are too much like other numbers to be told by shape.
bool IsDateShaped(std::string_view value);

// A code as tables have them: capitals, digits and a few marks, at most six
// digits (seven could be a phone) and at most `max_size` bytes. Blanks only
// where there are no letters, as in the range "49 - 92".
bool IsPlainCode(std::string_view value, std::size_t max_size);

// A code of a laboratory's own, where a code is expected: one token with a
// digit in it ("tt-0003-01", "7004050"; nine digits could be an SSN), or a
// short unit or abbreviation in small letters ("pg", "umol/l").
bool IsLocalCode(std::string_view value);

// One word without digits, or with few: "WinPath", "visitid", "SNM3".
bool IsSystemName(std::string_view value);

// 12345, 123456789 or 12345-6789.
bool IsZipShaped(std::string_view value);

// A number of at most six digits: NM and SN values, set ids.
bool IsShortNumber(std::string_view value);

// Whether a coding system of HL7 table 0396 is named ("LN", "SNM3", "I10").
bool IsStandardSystem(std::string_view value);

// A universal id type of HL7 table 0301 ("ISO", "DNS").
bool IsUniversalIdType(std::string_view value);

// A reference range: "1-15", "[ 80 - 98 ]", "<= 0.21".
bool IsRange(std::string_view value);

// A long run of base64 or hexadecimal: a document no scan can read.
bool IsBinaryText(std::string_view value);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_VALUES_H_
