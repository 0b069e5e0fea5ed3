// SPDX-License-Identifier: Apache-2.0
//
// What ASCII bytes are to stage 1 and to texts packed in texts, whatever the
// locale. Bytes beyond ASCII are none of these. Pure functions.

#ifndef PHIWIRE_ENGINE_CANONICAL_BYTES_H_
#define PHIWIRE_ENGINE_CANONICAL_BYTES_H_

#include "base/ascii.h"

namespace phiwire {

constexpr bool IsLetter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
constexpr bool IsAlnum(char c) { return IsDigit(c) || IsLetter(c); }
constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// 0 to 15, -1 for what is no hexadecimal digit.
constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_BYTES_H_
