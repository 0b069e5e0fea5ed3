// SPDX-License-Identifier: Apache-2.0
//
// Where the records of an HL7 v2 file begin and end: a record begins with
// MSH, FHS, BHS, BTS or FTS at the start of a line, or with an MLLP start
// byte, and ends before the next one or with the MLLP end byte. Only white
// space, line ends, MLLP bytes and byte order marks lie between records;
// anything else becomes a record of its own, which is then refused.

#ifndef PHIWIRE_FORMATS_HL7V2_SPLITTER_H_
#define PHIWIRE_FORMATS_HL7V2_SPLITTER_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/field.h"

namespace phiwire::hl7v2 {

// kDataLoss when the file is not blank and no line begins a record.
absl::StatusOr<std::vector<RecordRange>> SplitMessages(std::string_view file);

// Where the last record that begins in `bytes` does, seen from what stands
// before it alone: the records in front of it are whole. 0: none is certain.
std::size_t LastRecord(std::string_view bytes);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_SPLITTER_H_
