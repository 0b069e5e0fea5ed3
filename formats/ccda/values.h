// SPDX-License-Identifier: Apache-2.0
//
// Shapes and meanings of HL7 v3 values: object identifiers, telecom addresses,
// tokens, quantities. What these say decides what stays as it is, so each is
// strict: a value that is not plainly structure is scanned.
//
// Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_CCDA_VALUES_H_
#define PHIWIRE_FORMATS_CCDA_VALUES_H_

#include <cstddef>
#include <string_view>

#include "engine/field.h"

namespace phiwire::ccda {

bool IsBlankText(std::string_view s);
std::string_view TrimBlanks(std::string_view s);

bool IsOid(std::string_view s);
bool IsUuid(std::string_view s);

// An OID of a public registry (HL7's own arcs, CDC, NLM, ISO, DICOM): it says
// nothing of who sends. Arcs of organisations (2.16.840.1.113883.3,
// 1.2.840.114350, ...) and HL7's examples (.19) do.
bool IsPublicOid(std::string_view s);

// What the root of an id says of its extension; `other` when nothing.
PhiType TypeOfAuthority(std::string_view root, PhiType other);

// Whether it is a number that patients share with no registry: SSN, licence,
// insurance ids are no medical record number.
bool IsMedicalRecordRoot(std::string_view root);

// The size of "tel:", "mailto: ", "https://" at the front, and what follows.
struct TelecomPrefix {
  std::size_t size = 0;
  PhiType type = PhiType::kPhone;
};
TelecomPrefix ReadTelecomPrefix(std::string_view value);

// One or several short words of codes: "HP WP", "Bold xRowShading", "en-US".
bool IsToken(std::string_view value);

// xmlns and schemaLocation: URIs and file names without people in them.
bool IsPlainNamespace(std::string_view value);

// A number as PQ, INT and REAL have it, too short for an id.
bool IsMeasure(std::string_view value);

// Whether `value` in UCUM `unit` is an age over 89 years, were it an age.
bool IsOldAge(std::string_view value, std::string_view unit);

// A TS cut anywhere from its year on: 4 to 14 digits, fraction, zone.
bool IsTimeStamp(std::string_view value);

// Of a date in no TS: HL7's form, ISO's, or as people write it.
Spelling SpellingOfDate(std::string_view value);

// The grammar a slot has by its type alone (site rules).
SlotGrammar GrammarOf(PhiType type);

// Digits in a row that are more than a counter: an ID made of one may be an
// account's or a date's.
bool HasLongNumber(std::string_view value);

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_VALUES_H_
