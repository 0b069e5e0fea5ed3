// SPDX-License-Identifier: Apache-2.0
//
// HL7 escape sequences (v2.8 section 2.7), decoded for the scan with a map
// back to the raw bytes, and written for replaced text; with them the bytes
// of other character sets (charset.h, switches.h).
//
// Decoded: \F\ \S\ \T\ \R\ \E\ \P\ to their delimiters, \Xhh..\ to its bytes
// (where they are no UTF-8: of the record's character set, else ISO 8859-1),
// \.br\ \.sp\ \.ce\ to a line end, \H\ \N\ and the other layout commands to
// nothing, so they can't cut a name in two. \Zxx\ and what is no sequence stay
// as they are written, so nothing in them hides.

#ifndef PHIWIRE_FORMATS_HL7V2_ESCAPE_H_
#define PHIWIRE_FORMATS_HL7V2_ESCAPE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/decoded_text.h"
#include "engine/field.h"
#include "formats/hl7v2/charset.h"
#include "formats/hl7v2/delimiters.h"
#include "formats/hl7v2/switches.h"

namespace phiwire::hl7v2 {

// What a record's bytes are decoded by; views of what the caller keeps.
struct Coding {
  std::string_view record;
  const Delimiters* delimiters = nullptr;
  const ByteTable* table = nullptr;    // null: UTF-8
  const Switches* switches = nullptr;  // null: none
};

// How a record's text is coded: what a Coding needs, kept.
struct RecordText {
  const ByteTable* table = nullptr;
  Switches switches;

  // `header`: the first segment; `high_bytes`: some are over 0x7F;
  // `switches`: some are 0x1B.
  static absl::StatusOr<RecordText> Of(std::string_view record,
                                       const Segment& header,
                                       const Delimiters& d, bool high_bytes,
                                       bool switches);
  Coding CodingOf(std::string_view record, const Delimiters& d) const {
    return {record, &d, table, switches.empty() ? nullptr : &switches};
  }
};

// Appends the text of [begin, end).
absl::Status DecodeText(const Coding& coding, std::size_t begin,
                        std::size_t end, FieldText* out);

// Fills field.decoded and field.offsets for [field.begin, field.end), unless
// the raw bytes are the text already.
absl::Status DecodeField(const Coding& coding, Field& field);

// Appends `text` so that it stays inside one leaf; line ends and controls
// become spaces.
void AppendEscaped(std::string_view text, const Delimiters& d,
                   std::string& out);

// The range, widened so that it cuts no \X..\ sequence in two.
RecordRange WidenToEscapes(std::string_view record, const Delimiters& d,
                           RecordRange range);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_ESCAPE_H_
