// SPDX-License-Identifier: Apache-2.0
//
// The fields of an RTF document: the running text ("text"), all other text
// ("text/@": footnotes, fields, titles, a line a piece), slots for the people
// that the document's properties name ("info.author"), for the parts of its
// dates and, as kDocument, for pictures and embedded objects. docs/rtf.md.
//
// The texts interleave: each is a gap of the other.
// Limits: groups nest to a depth of 128.

#ifndef PHIWIRE_FORMATS_RTF_READER_H_
#define PHIWIRE_FORMATS_RTF_READER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "engine/format.h"

namespace phiwire::rtf {

// kDataLoss, with a reason and a byte range, when refused.
absl::StatusOr<RecordFields> ReadFields(std::string_view record);

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_READER_H_
