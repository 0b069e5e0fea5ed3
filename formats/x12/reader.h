// SPDX-License-Identifier: Apache-2.0
//
// The fields of one X12 record: one Field an element, or a component where the
// element is a composite, and what the record says of its people. Paths are
// "NM1-03" and "SV1-01.7". Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_X12_READER_H_
#define PHIWIRE_FORMATS_X12_READER_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "formats/x12/delimiters.h"
#include "formats/x12/rulebook.h"

namespace phiwire::x12 {

// kDataLoss, with a reason and a byte range of the record, when refused.
absl::StatusOr<RecordFields> ReadFields(std::string_view record,
                                        const Delimiters& d,
                                        const Rulebook& rules);

// The record with the edits: dates filled up to their width, elements of ISA
// too, delimiters and controls as blanks.
absl::StatusOr<std::string> WriteEdits(std::string_view record,
                                       const Delimiters& d,
                                       const Rulebook& rules,
                                       std::span<const Edit> edits);

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_READER_H_
