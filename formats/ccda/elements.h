// SPDX-License-Identifier: Apache-2.0
//
// What HL7 v3 elements and attributes are, by name: the data type of an
// element (HL7 v3 Data Types R1: II, TS, TEL, AD, EN, ...), who or what it
// stands for, the parts of names and addresses, and the attributes that are
// structure.
//
// Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_CCDA_ELEMENTS_H_
#define PHIWIRE_FORMATS_CCDA_ELEMENTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/field.h"

namespace phiwire::ccda {

enum class DataType : std::uint8_t {
  kUnknown,
  kII,        // root, extension
  kTemplate,  // an II of the standard: templateId, typeId
  kTime,      // TS and its intervals
  kBound,     // low, high, center: of what the interval is of
  kQuantity,  // PQ, INT, REAL, MO, RTO and intervals of them
  kTelecom,   // TEL
  kAddress,   // AD
  kAddressPart,
  kName,  // EN, PN, ON, TN
  kNamePart,
  kText,       // ED, ST: one text with what is in it, a section's narrative
  kReference,  // TEL that points into the narrative
  kCoded,      // CD, CE, CS
  kLayout,     // a narrative's tags, with what they read as
};

// Whose name a <name> in the element is.
enum class Entity : std::uint8_t {
  kUnknown,
  kPerson,
  kOrganization,
  kPlace,
  kThing
};

struct Element {
  std::string_view name;
  DataType type = DataType::kUnknown;
  Entity entity = Entity::kUnknown;
  std::uint8_t symbol = 0;  // in PathSymbols()
  // kAddressPart: how the slot is typed; kFreeText grammar: it stays.
  PhiType phi = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  NamePart part = NamePart::kWhole;  // kNamePart
  char separator = '\0';             // kLayout
};

// Never null: a name that is not known has the type kUnknown. `local` without
// its prefix.
const Element& ElementOf(std::string_view local);

// By xsi:type ("IVL_TS", with or without prefix); `own` when it tells nothing.
DataType TypeOfXsi(std::string_view xsi, DataType own);

enum class AttributeKind : std::uint8_t {
  kText,       // nothing known: scanned
  kToken,      // structure: classCode, use, unit, styleCode, ...
  kNamespace,  // xmlns and schemaLocation
  kXsiType,
  kNullFlavor,
  kClassCode,
  kTypeCode,
  kRoot,
  kExtension,
  kAuthority,  // assigningAuthorityName
  kValue,
  kUnit,
  kCode,
  kCodeSystem,
  kDisplay,  // displayName, codeSystemName
  kAnchor,   // ID, IDREF, referencedObject
  kQualifier,
  kMediaType,
  kRepresentation,
};
inline constexpr std::size_t kAttributeKinds = 19;

// `name` as written, with its prefix.
AttributeKind KindOf(std::string_view name);

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_ELEMENTS_H_
