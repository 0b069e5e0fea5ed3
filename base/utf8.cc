// SPDX-License-Identifier: Apache-2.0

#include "base/utf8.h"

#include <simdjson.h>

namespace phiwire {
namespace {

char32_t ByteAt(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Bytes of the well-formed sequence at `at`, 0 when it is none (Unicode 15,
// table 3-7: no overlong forms, no surrogates, nothing over U+10FFFF).
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const char32_t lead = ByteAt(text, at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsUtf8Continuation(text[at + i])) return 0;
  }
  const char32_t second = ByteAt(text, at + 1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

}  // namespace

CodePoint DecodeUtf8(std::string_view text, std::size_t at) {
  const char32_t lead = ByteAt(text, at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (at + length > text.size()) return {0xFFFD, text.size() - at};
  char32_t value = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    value = (value << 6) | (ByteAt(text, at + i) & 0x3F);
  }
  return {value, length};
}

std::size_t PreviousUtf8(std::string_view text, std::size_t at) {
  --at;
  while (at > 0 && IsUtf8Continuation(text[at])) --at;
  return at;
}

bool AppendUtf8(char32_t value, std::string* out) {
  const auto put = [out](char32_t byte) {
    out->push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6));
    put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    if (value >= 0xD800 && value <= 0xDFFF) return false;
    put(0xE0 | (value >> 12));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  } else {
    if (value > 0x10FFFF) return false;
    put(0xF0 | (value >> 18));
    put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  }
  return true;
}

bool IsValidUtf8(std::string_view text) {
  return text.empty() || simdjson::validate_utf8(text.data(), text.size());
}

std::optional<std::size_t> FirstInvalidUtf8(std::string_view text) {
  if (IsValidUtf8(text)) return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = SequenceLength(text, at);
    if (length == 0) return at;
    at += length;
  }
  return text.size();  // not reached while both validators agree
}

}  // namespace phiwire
