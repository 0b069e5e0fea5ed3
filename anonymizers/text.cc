// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace phiwire {
namespace {

struct Decoded {
  UChar32 code = -1;  // below 0: bad UTF-8
  std::size_t size = 1;
};

Decoded First(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size =
      static_cast<std::int32_t>(text.size() < 4 ? text.size() : 4);
  std::int32_t next = 0;
  UChar32 code = 0;
  U8_NEXT(bytes, next, size, code);
  return {code, code < 0 ? 1 : static_cast<std::size_t>(next)};
}

}  // namespace

bool IsPrintable(std::string_view text) {
  while (!text.empty()) {
    const Decoded c = First(text);
    if (c.code < 0 || u_iscntrl(c.code)) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

std::size_t CharacterSize(std::string_view text) { return First(text).size; }

bool IsHidden(std::string_view character) {
  const UChar32 c = First(character).code;
  if (c < 0) return true;
  if (c < 0x80) return u_isalnum(c);
  return !u_ispunct(c) && !u_isUWhiteSpace(c);
}

}  // namespace phiwire
