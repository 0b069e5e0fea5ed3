// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gtest/gtest.h"
#include "recognizers/walkers/tokens.h"

namespace phiwire {
namespace {

constexpr std::string_view kWords[] = {"the", "of", "with", "from", "at"};
constexpr WordSet kSet(kWords);

TEST(WordSet, HasItsWordsAndNoOthers) {
  for (const std::string_view word : kWords) {
    EXPECT_TRUE(kSet.Has(HashWord(word))) << word;
  }
  for (const std::string_view word : {"", "then", "o", "froms"}) {
    EXPECT_FALSE(kSet.Has(HashWord(word))) << word;
  }
}

// A sign and a line feed have hash 0, and so has a free place of the table.
TEST(WordSet, HasNoSign) {
  EXPECT_FALSE(kSet.Has(0));
  EXPECT_FALSE(IsFunctionWord(0));
  EXPECT_FALSE(IsGenericWord(0));
  EXPECT_FALSE(IsTitleWord(0));
  EXPECT_FALSE(IsCredential(0));
  EXPECT_FALSE(IsUnitWord(0));
}

// Wherever the search starts, also behind a shorter text's end.
TEST(TokenAt, FindsTheSameFromEveryToken) {
  for (std::uint32_t size = 0; size < 40; ++size) {
    Document document;
    for (std::uint32_t i = 0; i < size; ++i) {
      Token& token = document.tokens.emplace_back();
      token.begin = 3 * i + 1;
      token.end = token.begin + 2;
    }
    for (std::uint32_t at = 0; at < 3 * size + 3; ++at) {
      const std::size_t expected = (at + 1) / 3 < size ? (at + 1) / 3 : size;
      ASSERT_EQ(TokenAt(document, at), expected) << at << " of " << size;
      for (std::size_t near = 0; near < 50; ++near) {
        ASSERT_EQ(TokenAt(document, at, near), expected)
            << at << " of " << size << ", from " << near;
      }
    }
  }
}

}  // namespace
}  // namespace phiwire
