// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/eval/characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace phiwire::cli {

bool IsAlnum(char32_t c) {
  if (c < 0x80) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
  }
  const auto point = static_cast<UChar32>(c);
  // isalpha() or a numeric value of any kind (superscripts, fractions).
  return u_isalpha(point) ||
         u_getIntPropertyValue(point, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

bool IsSpace(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  const auto point = static_cast<UChar32>(c);
  const UCharDirection direction = u_charDirection(point);
  return u_charType(point) == U_SPACE_SEPARATOR ||
         direction == U_WHITE_SPACE_NEUTRAL || direction == U_BLOCK_SEPARATOR ||
         direction == U_SEGMENT_SEPARATOR;
}

std::u32string ToCodePoints(std::string_view utf8) {
  std::u32string text;
  text.reserve(utf8.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int64_t>(utf8.size());
  for (std::int64_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    text.push_back(c < 0 ? U'\uFFFD' : static_cast<char32_t>(c));
  }
  return text;
}

std::string Utf8Of(std::u32string_view text) {
  std::string utf8;
  for (const char32_t point : text) {
    const auto c = static_cast<UChar32>(point);
    char buffer[U8_MAX_LENGTH];
    std::size_t size = 0;
    U8_APPEND_UNSAFE(buffer, size, c);
    utf8.append(buffer, size);
  }
  return utf8;
}

}  // namespace phiwire::cli
