// SPDX-License-Identifier: Apache-2.0
//
// Shapes of FHIR's values. Pure functions.

#ifndef PHIWIRE_FORMATS_FHIR_VALUES_H_
#define PHIWIRE_FORMATS_FHIR_VALUES_H_

#include <cstddef>
#include <string_view>

namespace phiwire::fhir {

inline constexpr std::size_t kMaxCode = 64;

// A code, unit or version: no blanks but single ones in short units ("mg/dL",
// "{score}", "10*3/uL", "fall risk"), at most six digits in all.
bool IsCode(std::string_view value);

// hh:mm[:ss[.s+]]
bool IsTimeOfDay(std::string_view value);

// SampledData: decimals, blanks, E, U and L.
bool IsSamples(std::string_view value);

// The name or code of a state or country: letters, blanks and a few marks, at
// most 40 bytes.
bool IsPlaceName(std::string_view value);

// A number as results have them: at most 32 bytes.
bool IsMeasure(std::string_view number);

// Whether an age is over 89 years; a unit that is not known counts as years.
bool IsOver89(std::string_view number, std::string_view unit);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_VALUES_H_
