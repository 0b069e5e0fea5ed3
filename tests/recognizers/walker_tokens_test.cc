// SPDX-License-Identifier: Apache-2.0

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

}  // namespace
}  // namespace phiwire
