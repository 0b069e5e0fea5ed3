// SPDX-License-Identifier: Apache-2.0
//
// The fields of one FHIR R4 resource or Bundle: a walk with the types of the
// generated table (elements.h). Paths are FHIR's, without indexes and from the
// resource on: "Patient.contact.name.family", in a Bundle too.
//
// What the table doesn't know is scanned, names of members included.

#ifndef PHIWIRE_FORMATS_FHIR_READER_H_
#define PHIWIRE_FORMATS_FHIR_READER_H_

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "formats/fhir/site_paths.h"
#include "formats/json/document.h"

namespace phiwire::fhir {

// kDataLoss when the value is no resource.
absl::StatusOr<RecordFields> ReadFields(const json::Document& doc,
                                        const SitePaths& site);

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_READER_H_
