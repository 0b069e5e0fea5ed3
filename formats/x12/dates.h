// SPDX-License-Identifier: Apache-2.0
//
// Dates as X12 writes them (D8 CCYYMMDD, RD8 CCYYMMDD-CCYYMMDD, DT with hours
// and minutes behind, D6 YYMMDD), where a year alone is none: what comes back
// from an anonymizer is filled up to the width that was there. Pure functions.
//
//   FitDate("20240131", "2024", false)  == "20240101"
//   FitDate("240131", "2024", true)     == "240101"

#ifndef PHIWIRE_FORMATS_X12_DATES_H_
#define PHIWIRE_FORMATS_X12_DATES_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire::x12 {

// CCYY to CCYYMMDDHHMMSS: digits, an even number of them.
bool IsDateDigits(std::string_view value);

// Where the hyphen of a range of two such dates stands; 0: it is none.
std::size_t RangeHyphen(std::string_view value);

// The whole date of YYMMDD, 50 and more being 19YY.
std::string WithCentury(std::string_view yymmdd);

// `replaced` in the width of `raw`; "" stays so. kFailedPrecondition when it
// isn't made of digits, which no date element takes.
absl::StatusOr<std::string> FitDate(std::string_view raw,
                                    std::string_view replaced, bool short_year);

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_DATES_H_
