// SPDX-License-Identifier: Apache-2.0
//
// What the bytes of a text are, 64 at a time, a bit each: the tokeniser walks
// bits instead of bytes. SSE2 where there is any (all of x86-64), else a loop.

#ifndef PHIWIRE_ENGINE_CHAR_BLOCKS_H_
#define PHIWIRE_ENGINE_CHAR_BLOCKS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire {

inline constexpr std::size_t kCharBlock = 64;

struct CharBits {
  std::uint64_t alnum = 0;  // ASCII letters and digits
  std::uint64_t space = 0;  // control characters too, but no line feed
  std::uint64_t line = 0;   // line feeds
  std::uint64_t odd = 0;    // apostrophes, characters beyond ASCII
};

// Of block[0, 64).
CharBits CharBitsOf(const char* block);

// Of the bytes from `begin` on; spaces stand behind the text's end.
inline CharBits CharBitsAt(std::string_view text, std::size_t begin) {
  if (text.size() - begin >= kCharBlock) return CharBitsOf(text.data() + begin);
  std::array<char, kCharBlock> rest;
  rest.fill(' ');
  text.copy(rest.data(), kCharBlock, begin);
  return CharBitsOf(rest.data());
}

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CHAR_BLOCKS_H_
