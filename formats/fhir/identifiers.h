// SPDX-License-Identifier: Apache-2.0
//
// What an Identifier is, by its type (HL7 table 0203) and its system. The same
// types as HL7 v2's, so that a number gets the same token in both. Pure
// functions.

#ifndef PHIWIRE_FORMATS_FHIR_IDENTIFIERS_H_
#define PHIWIRE_FORMATS_FHIR_IDENTIFIERS_H_

#include <cstdint>
#include <string_view>

#include "formats/json/document.h"
#include "phiwire/types.h"

namespace phiwire::fhir {

// `object`: an Identifier; `otherwise`: when it doesn't say.
PhiType TypeOfIdentifier(const json::Document& doc, std::uint32_t object,
                         PhiType otherwise);

// How well it names a patient: 3 a medical record number, 2 one without a
// type, 1 any other, 0 none (no value, or a number of the state or payer).
int SubjectRank(const json::Document& doc, std::uint32_t object);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_IDENTIFIERS_H_
