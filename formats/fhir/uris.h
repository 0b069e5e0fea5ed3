// SPDX-License-Identifier: Apache-2.0
//
// What of a URI or a reference identifies: the ids in it, the address of the
// server, what a query asks for. All else is structure and stays, so that what
// resolved before resolves after.
//
//   "Patient/123/_history/2"            id 123
//   "urn:uuid:7c05..."                  its id
//   "https://h.org/fhir/Patient/123"    address "h.org/fhir", id 123
//   "Patient?identifier=urn:x|A1"       identifier A1
//   "http://loinc.org"                  nothing: of a standard
//
// Pure functions.

#ifndef PHIWIRE_FORMATS_FHIR_URIS_H_
#define PHIWIRE_FORMATS_FHIR_URIS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace phiwire::fhir {

struct UriPart {
  enum class Kind : std::uint8_t {
    kId,
    kAddress,     // host and path of a server
    kIdentifier,  // a business identifier
    kText,        // to be scanned
  };
  Kind kind = Kind::kText;
  std::size_t begin = 0;  // bytes of the URI
  std::size_t end = 0;
};

// In order and disjoint; none: nothing identifies. The whole as kText when it
// has no form that is known.
std::vector<UriPart> PartsOf(std::string_view uri);

// Of "identifier=system|value&name=...".
std::vector<UriPart> PartsOfQuery(std::string_view query);

// Addresses and numbers of standards (HL7, LOINC, SNOMED, DICOM, ...): code
// systems, profiles, extensions.
bool IsStandard(std::string_view uri);

// Whether the logical id of a resource of this type is a name like "us-core-
// patient", as those of StructureDefinition and ValueSet are.
bool IsNameOfDefinition(std::string_view type, std::string_view id);

// The type a reference names ("Patient" of "h/Patient/1"); "" when none. And
// the last id in it ("1"), without "#" and "urn:uuid:".
std::string_view TypeInReference(std::string_view reference);
std::string_view IdInReference(std::string_view reference);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_URIS_H_
