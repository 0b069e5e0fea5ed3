// SPDX-License-Identifier: Apache-2.0
//
// What a character is to the tokeniser: ASCII by table, others by ICU.

#ifndef PHIWIRE_ENGINE_CHAR_KIND_H_
#define PHIWIRE_ENGINE_CHAR_KIND_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire {

// Bits, so that one OR a character gathers what a word is made of.
enum CharKind : std::uint8_t {
  kSymbol = 0,
  kLow = 1,
  kUp = 2,
  kDigit = 4,
  kSpace = 8,
  kLine = 16,
  kHigh = 32,
};
inline constexpr unsigned kAlnum = kLow | kUp | kDigit;

inline constexpr std::array<CharKind, 256> kCharKinds = [] {
  std::array<CharKind, 256> kinds{};
  for (std::size_t i = 0; i < 256; ++i) {
    kinds[i] = i >= 0x80               ? kHigh
               : i >= 'a' && i <= 'z'  ? kLow
               : i >= 'A' && i <= 'Z'  ? kUp
               : i >= '0' && i <= '9'  ? kDigit
               : i == '\n'             ? kLine
               : i <= ' ' || i == 0x7F ? kSpace
                                       : kSymbol;
  }
  return kinds;
}();

// kHigh for the first byte of any character beyond ASCII.
inline CharKind KindAt(std::string_view text, std::size_t i) {
  return kCharKinds[static_cast<unsigned char>(text[i])];
}

// What a character beyond ASCII is, and how many bytes it has.
CharKind HighKind(std::string_view text, std::size_t i, std::size_t* length);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CHAR_KIND_H_
