// SPDX-License-Identifier: Apache-2.0
//
// In which character set the bytes of a record are, by MSH-18 (HL7 table 0211)
// and by the bytes themselves:
//   valid UTF-8 (ASCII too) is UTF-8, whatever MSH-18 says: doors decode files
//   before the reader sees them, and other text hardly ever is valid UTF-8;
//   else MSH-18's set: ISO 8859 parts (part 1 read as Windows-1252, which has
//   it whole), Windows-125x, JIS X 0201;
//   else the record is refused; batch segments, which can't name a set, are
//   read as Windows-1252.
// ISO 2022 switches, raw (ESC $ B) where MSH-18 names a set that needs them, or
// as HL7 escapes (\M2442\), are followed in jis.h.
//
// Functions are pure, tables are built once (thread-safe) and never change.

#ifndef PHIWIRE_FORMATS_HL7V2_CHARSET_H_
#define PHIWIRE_FORMATS_HL7V2_CHARSET_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {

// What the bytes 0x80-0xFF stand for; 0: nothing.
using ByteTable = std::array<char16_t, 128>;

struct Charset {
  enum class Kind {
    kAbsent,
    kAscii,
    kUtf8,
    kTable,
    kUnknown,  // named, but not one read here
  };
  Kind kind = Kind::kAbsent;
  const ByteTable* table = nullptr;  // kTable
  bool iso2022 = false;              // a set that raw escapes switch to
};

// All repetitions of an MSH-18, as written.
Charset CharsetOf(std::string_view msh18, const Delimiters& d);

// MSH-18 of a message; empty for batch segments.
std::string_view CharsetField(std::string_view record, const Segment& header,
                              const Delimiters& d);

// How bytes over 0x7F are read: null for UTF-8. `high_bytes`: there are some.
absl::StatusOr<const ByteTable*> TableOf(std::string_view record,
                                         const Segment& header,
                                         const Delimiters& d, bool high_bytes);

// Appends a character of the Basic Multilingual Plane.
void AppendUtf8(char16_t c, std::string* out);

// UTF-8 text for a record: in the bytes of `table`, or in ASCII where `ascii`
// says so. What the set lacks is written without its accents, or as '?'.
std::string EncodeFor(std::string_view utf8, const ByteTable* table,
                      bool ascii);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CHARSET_H_
