// SPDX-License-Identifier: Apache-2.0
//
// References of XML 1.0: its five entities and the numeric ones. There are no
// others, since a document that declares entities is refused. Text is decoded
// into a Field's text beside its offset map.
//
// Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_XML_REFERENCE_H_
#define PHIWIRE_FORMATS_XML_REFERENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/decoded_text.h"

namespace phiwire::xml {

struct Reference {
  std::size_t size = 0;  // of "&amp;"; 0: none that is known begins here
  std::array<char, 4> bytes{};
  std::uint8_t length = 0;  // of what it stands for, UTF-8
  std::string_view text() const { return {bytes.data(), length}; }
};

// s[at] is '&'.
Reference ReadReference(std::string_view s, std::size_t at);

// Appends the raw bytes [begin, end) of the document with references decoded.
void Decode(std::string_view document, std::size_t begin, std::size_t end,
            FieldText* out);

}  // namespace phiwire::xml

#endif  // PHIWIRE_FORMATS_XML_REFERENCE_H_
