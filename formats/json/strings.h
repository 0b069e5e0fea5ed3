// SPDX-License-Identifier: Apache-2.0
//
// The contents of JSON strings, and back. `raw` is what stands between the
// quotes. Pure functions.
//
//   Decode("a\\u00e9\\n")       == "a\u00E9" and a line feed
//   FirstBadEscape("x\\ud800")  == 1: half a surrogate pair

#ifndef PHIWIRE_FORMATS_JSON_STRINGS_H_
#define PHIWIRE_FORMATS_JSON_STRINGS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire::json {

// Where an escape begins that stands for no character.
std::optional<std::size_t> FirstBadEscape(std::string_view raw);

// `raw` has no bad escape.
std::string Decode(std::string_view raw);

// A string's text and where its bytes are: offsets[i] is the offset of decoded
// byte i, with one entry more for the end; `at` is the offset of raw[0].
struct DecodedString {
  std::string text;
  std::vector<std::uint32_t> offsets;
};
DecodedString DecodeWithOffsets(std::string_view raw, std::size_t at);

// Appends `text` (UTF-8) so that it stays inside its string.
void AppendEscaped(std::string_view text, std::string* out);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_STRINGS_H_
