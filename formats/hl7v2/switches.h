// SPDX-License-Identifier: Apache-2.0
//
// Switches of the character set inside a record (ISO 2022, HL7 v2.8 section
// 2.14.9.7): raw, ESC $ B, where MSH-18 names a set that needs them, or as the
// escapes \C2842\ and \M2442\. Read: JIS X 0201, JIS X 0208 (1978 and 1983),
// JIS X 0212, GB 2312 and KS X 1001; anything else refuses the record, as does
// a set still switched to at the end of a segment.
//
// Characters of these sets are made of bytes that look like delimiters, so a
// record with switches is cut by its `structure`: the same length, with those
// bytes and the switches hidden.
//
// Immutable after Find; it keeps views of the record.

#ifndef PHIWIRE_FORMATS_HL7V2_SWITCHES_H_
#define PHIWIRE_FORMATS_HL7V2_SWITCHES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/decoded_text.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {

enum class CodeSet : std::uint8_t {
  kSingle,    // ASCII, or JIS X 0201 Roman, which differs in two characters
  kKatakana,  // JIS X 0201
  kTwoBytes,  // two bytes of seven bits each
};

struct Switch {
  std::size_t begin = 0;  // of the sequence
  std::size_t end = 0;
  CodeSet to = CodeSet::kSingle;
  std::string_view escape;  // its ISO 2022 form without ESC: "$B"
  bool raw = false;         // written with ESC, not as an HL7 escape
};

class Switches {
 public:
  // Whether a record holds HL7 escapes that switch.
  static bool HasEscapes(std::string_view record, const Delimiters& d);

  // `raw`: whether MSH-18 lets raw escapes stand.
  static absl::StatusOr<Switches> Find(std::string_view record,
                                       const Delimiters& d, bool raw);

  bool empty() const { return switches_.empty(); }
  const std::string& structure() const { return structure_; }

  // The switch in force at `at`: null when it is none or to a single-byte set.
  const Switch* At(std::size_t at) const;

  // The switch that begins at `at`, or null.
  const Switch* BeginsAt(std::size_t at) const;

  // Appends the characters of a set in [begin, end).
  static absl::Status Decode(std::string_view record, const Switch& by,
                             std::size_t begin, std::size_t end,
                             FieldText* out);

 private:
  std::vector<Switch> switches_;
  std::string structure_;
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_SWITCHES_H_
