// SPDX-License-Identifier: Apache-2.0
//
// HL7 escape sequences (v2.8 section 2.7), decoded for the scan with a map
// back to the raw bytes, and written for replaced text.
//
// Decoded: \F\ \S\ \T\ \R\ \E\ \P\ to their delimiters, \Xhh..\ to its bytes
// (as ISO 8859-1 where they are no UTF-8), \.br\ \.sp\ \.ce\ to a line end,
// \H\ \N\ and the other layout commands to nothing, so they can't cut a name
// in two. \Zxx\ and what is no sequence stay as they are written, so nothing
// in them hides. \C..\ and \M..\ change the character set: not decodable with
// certainty, the message is refused.

#ifndef PHIWIRE_FORMATS_HL7V2_ESCAPE_H_
#define PHIWIRE_FORMATS_HL7V2_ESCAPE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/field.h"
#include "formats/hl7v2/delimiters.h"

namespace phiwire::hl7v2 {

// Fills field.decoded and field.offsets for [field.begin, field.end), unless
// the raw bytes are the text already.
absl::Status DecodeField(std::string_view record, const Delimiters& d,
                         Field& field);

// Appends `text` so that it stays inside one leaf; line ends and controls
// become spaces.
void AppendEscaped(std::string_view text, const Delimiters& d,
                   std::string& out);

// The edit, widened so that it cuts no \X..\ sequence in two.
Edit WidenToEscapes(std::string_view record, const Delimiters& d, Edit edit);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_ESCAPE_H_
