// SPDX-License-Identifier: Apache-2.0
//
// What the url of an extension says of its value. Unknown ones are read by the
// type of their value, strings and long numbers scanned.

#ifndef PHIWIRE_FORMATS_FHIR_EXTENSIONS_H_
#define PHIWIRE_FORMATS_FHIR_EXTENSIONS_H_

#include <cstdint>
#include <string_view>

namespace phiwire::fhir {

enum class ExtensionUse : std::uint8_t {
  kNone,    // not in any extension
  kByType,  // unknown
  kKeep,    // race, sex, units of measure: strings stay
  kName,    // strings are a name
  kStreet,
  kPlace,  // numbers are coordinates
};

// `outer`: of the extension it is a part of.
ExtensionUse UseOfExtension(std::string_view url, ExtensionUse outer);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_EXTENSIONS_H_
