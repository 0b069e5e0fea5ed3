// SPDX-License-Identifier: Apache-2.0
//
// The checks that a catalogue file may name: does this surface hold as what
// its pattern takes it for? Pure functions of the surface, no allocation, safe
// from any thread. A check that fails never clears a labelled identifier
// unless its rule says `require: validator`; it lowers an unlabelled one.
//
//   FindValidator("npi")("1234567893")   == true
//   FindValidator("no such")             == nullptr

#ifndef PHIWIRE_RECOGNIZERS_VALIDATORS_VALIDATORS_H_
#define PHIWIRE_RECOGNIZERS_VALIDATORS_VALIDATORS_H_

#include <span>
#include <string_view>

namespace phiwire {

using Validator = bool (*)(std::string_view surface);

struct NamedValidator {
  std::string_view name;
  Validator check;
};

// Sorted by name.
std::span<const NamedValidator> AllValidators();
Validator FindValidator(std::string_view name);

// dates.cc
bool IsNumericDate(std::string_view text);   // 3/14/21, 14.03.2021, 2021-03-14
bool IsMonthDayText(std::string_view text);  // 3/14, 14/3
bool IsCompactDate(std::string_view text);   // 20210314[HH[MM[SS]]], 031421
bool IsTextualDate(std::string_view text);   // 12MAR2019, March 14, Mar '98
bool IsOcrDate(std::string_view text);       // ll.28.O7
bool IsDayOfMonth(std::string_view text);    // the 31st at most
bool IsAgeOver89(std::string_view text);     // 90 to 119
// A year of birth that gives an age over 89 in every year from 2025 on.
bool IsBirthYearOver89(std::string_view text);

// network.cc
bool IsIpv4(std::string_view text);  // RFC 791, no leading zeros
bool IsIpv6(std::string_view text);  // RFC 4291, at least 4 hex digits
// Hexadecimal with both letters and digits: no plain number, no word.
bool IsMixedHex(std::string_view text);
// A code in groups: at least four digits, and no calendar date.
bool IsCodeShape(std::string_view text);
bool IsLoginShape(std::string_view text);  // jdoe3, not b12 nor day3

// phones.cc
// Ten digits (or eleven with a 1): area and exchange don't begin with 0 or 1.
bool IsNanpPhone(std::string_view text);
bool IsLocalPhone(std::string_view text);          // seven of them
bool IsInternationalPhone(std::string_view text);  // + and 8 to 15 digits
bool IsTrunkPhone(std::string_view text);          // 0 and 8 to 11 digits

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_VALIDATORS_VALIDATORS_H_
