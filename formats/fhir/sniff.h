// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes begin as FHIR JSON: an object that names its resourceType
// before anything that could be another's. `head`: the first bytes of a file,
// cut anywhere. Pure function.

#ifndef PHIWIRE_FORMATS_FHIR_SNIFF_H_
#define PHIWIRE_FORMATS_FHIR_SNIFF_H_

#include <string_view>

namespace phiwire::fhir {

bool LooksLikeFhir(std::string_view head);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_SNIFF_H_
