// SPDX-License-Identifier: Apache-2.0
//
// The fields of one XML document. HL7 v3 (C-CDA, and fragments of it) goes by
// data types and by the paths of path_table.h; any other XML is scanned whole,
// but for elements and attributes whose names say what they hold.
//
// Paths are "/ClinicalDocument/recordTarget/patientRole/id/@extension", without
// prefixes and positions.

#ifndef PHIWIRE_FORMATS_CCDA_READER_H_
#define PHIWIRE_FORMATS_CCDA_READER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "formats/ccda/site_rules.h"

namespace phiwire::ccda {

// kDataLoss, with a reason and a byte range, when refused.
absl::StatusOr<RecordFields> ReadFields(std::string_view document,
                                        const PlaceRules& site);

// Whether the document, whose root is `root` (local name), is HL7 v3 or a
// fragment of it.
bool IsHl7V3(std::string_view document, std::string_view root);

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_READER_H_
