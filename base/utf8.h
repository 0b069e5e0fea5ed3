// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 by the byte: decode, append, validate, find the character borders.
// Validation is simdjson's (about memory speed); only the place of an error is
// found here. Functions are pure and safe from any thread.

#ifndef PHIWIRE_BASE_UTF8_H_
#define PHIWIRE_BASE_UTF8_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace phiwire {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  // bytes
};

// The code point at `at` < text.size(); text must be valid UTF-8.
CodePoint DecodeUtf8(std::string_view text, std::size_t at);

// Offset of the code point that ends at `at` > 0.
std::size_t PreviousUtf8(std::string_view text, std::size_t at);

// false (nothing appended) for a surrogate or a value over U+10FFFF.
bool AppendUtf8(char32_t value, std::string* out);

bool IsValidUtf8(std::string_view text);

// Where the first sequence that is no UTF-8 (RFC 3629) begins.
std::optional<std::size_t> FirstInvalidUtf8(std::string_view text);

inline bool IsUtf8Continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_UTF8_H_
