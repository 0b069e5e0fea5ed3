// SPDX-License-Identifier: Apache-2.0

#include "engine/word_classes.h"

#include <gtest/gtest.h>

#include <string>

#include "base/lexicon.h"

namespace phiwire {
namespace {

TEST(WordClasses, AWordMayBeInSeveralClasses) {
  WordClasses classes;
  const int title = *classes.AddClass("title");
  const int street = *classes.AddClass("street");
  classes.AddWord(title, "dr");
  classes.AddWord(street, "dr");
  EXPECT_EQ(classes.Find(HashWord("dr")),
            (std::uint64_t{1} << title) | (std::uint64_t{1} << street));
  EXPECT_EQ(classes.Find(HashWord("mr")), 0u);
}

TEST(WordClasses, KeepsEveryWordWhileGrowing) {
  WordClasses classes;
  const int bit = *classes.AddClass("x");
  for (int i = 0; i < 5000; ++i) classes.AddWord(bit, std::to_string(i));
  for (int i = 0; i < 5000; ++i) {
    EXPECT_NE(classes.Find(HashWord(std::to_string(i))), 0u) << i;
  }
}

TEST(WordClasses, TheSixtyFifthClassIsRefused) {
  WordClasses classes;
  for (int i = 0; i < 64; ++i) {
    ASSERT_TRUE(classes.AddClass("c" + std::to_string(i)).ok());
  }
  EXPECT_FALSE(classes.AddClass("one-too-many").ok());
  EXPECT_TRUE(classes.AddClass("c3").ok());
}

}  // namespace
}  // namespace phiwire
