// SPDX-License-Identifier: Apache-2.0
//
// The elements of FHIR R4 by type, from a generated table: "Patient" has
// "birthDate", a date. Elements that every resource or element has (id, meta,
// extension, ...) are found in any type.
//
//   const TypeId patient = *FindType("Patient");
//   FindElement(patient, HashOf("name"), "name")->type   HumanName's
//
// Static storage, pure functions.

#ifndef PHIWIRE_FORMATS_FHIR_ELEMENTS_H_
#define PHIWIRE_FORMATS_FHIR_ELEMENTS_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace phiwire::fhir {

// What a reader does with an element.
enum class Leaf : std::uint8_t {
  kType,    // no leaf: an object of Element::type
  kKeep,    // numbers and booleans
  kTime,    // of a day
  kCode,    // stays when it looks like one
  kUri,     // by form: references, oids, addresses (uris.h)
  kSlotId,  // a logical id
  kText,    // scanned
  kDate,    // date, dateTime
  kInstant,
  kBase64,
  kXhtml,
  kSamples,      // SampledData.data
  kCodingCode,   // by the system beside it
  kDisplay,      // likewise
  kConceptText,  // likewise
  kReference,
  kReferenceDisplay,
  kQuery,  // "identifier=system|value"
  kFamily,
  kGiven,
  kAffix,
  kName,
  kStreet,
  kCity,
  kCounty,
  kZip,
  kCountry,  // and state
  kAddress,
  kContact,     // by the system beside it
  kIdentifier,  // by type and system beside it
  kFacility,
  kDevice,
  kHealthPlan,
  kUsername,
  kIpAddress,
  kBiometric,
  kPlaceNumber,  // latitude, ...
  kDrop,
};

using TypeId = std::uint16_t;

struct Element {
  std::uint32_t hash;  // FNV-1a of the name
  std::uint32_t name;  // offset of the name
  std::uint8_t size;   // of the name
  Leaf leaf;
  bool required;
  TypeId type;  // leaf kType
};

struct TypeEntry {
  std::string_view name;
  std::uint16_t begin;  // elements, sorted by hash
  std::uint16_t end;
  bool resource;
};

std::optional<TypeId> FindType(std::string_view name);
const TypeEntry& TypeOf(TypeId type);

// Null: the type has none of that name.
const Element* FindElement(TypeId type, std::uint32_t hash,
                           std::string_view name);

// The type of an element of objects; kNoType for leaves.
inline constexpr TypeId kNoType = 0xFFFF;

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_ELEMENTS_H_
