// SPDX-License-Identifier: Apache-2.0

#include "engine/char_blocks.h"

#include <array>
#include <cctype>
#include <random>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

using Block = std::array<char, kCharBlock>;

CharBits Plain(const Block& block) {
  CharBits bits;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const auto c = static_cast<unsigned char>(block[i]);
    const std::uint64_t bit = std::uint64_t{1} << i;
    const bool ascii = c < 0x80;
    if (ascii && std::isalnum(c) != 0) bits.alnum |= bit;
    if (c == '\n') bits.line |= bit;
    if (c != '\n' && (c <= ' ' || c == 0x7F)) bits.space |= bit;
    if (!ascii || c == '\'') bits.odd |= bit;
    if (!ascii || c < '+') bits.gap |= bit;
  }
  return bits;
}

void ExpectSame(const CharBits& a, const CharBits& b) {
  EXPECT_EQ(a.alnum, b.alnum);
  EXPECT_EQ(a.space, b.space);
  EXPECT_EQ(a.line, b.line);
  EXPECT_EQ(a.odd, b.odd);
  EXPECT_EQ(a.gap, b.gap);
}

TEST(CharBlocks, EveryWaySaysTheSameOfEveryByte) {
  constexpr unsigned kSeed = 20261123;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  Block block;
  for (unsigned round = 0; round < 4000; ++round) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      // First each byte at some place, then any.
      block[i] =
          static_cast<char>(round < 256 ? (round + i) % 256 : random() % 256);
    }
    const CharBits plain = Plain(block);
    ExpectSame(CharBitsOf(block.data()), plain);
#if defined(PHIWIRE_HAS_WIDE)
    if (HasWide()) ExpectSame(CharBitsOfWide(block.data()), plain);
#endif
  }
}

}  // namespace
}  // namespace phiwire
