// SPDX-License-Identifier: Apache-2.0

#include "base/byte_set.h"

#include <gtest/gtest.h>

namespace phiwire {
namespace {

constexpr ByteSet kBlanks(" \t");
constexpr ByteSet kDigits("0123456789");
constexpr ByteSet kStops("\"\xFF", ' ');

TEST(ByteSet, HasItsBytesAndNoOthers) {
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    EXPECT_EQ(kDigits.Has(c), i >= '0' && i <= '9') << i;
    EXPECT_EQ(kStops.Has(c), i <= ' ' || i == '"' || i == 0xFF) << i;
  }
}

TEST(ByteSet, TellsOfWholeTexts) {
  EXPECT_TRUE(kDigits.HoldAll("0129"));
  EXPECT_TRUE(kDigits.HoldAll(""));
  EXPECT_FALSE(kDigits.HoldAll("12a"));
  EXPECT_EQ(kBlanks.Trim("  a b\t"), "a b");
  EXPECT_EQ(kBlanks.Trim(" \t "), "");
}

TEST(ByteSet, NextInGivesTheSizeWhenThereIsNone) {
  EXPECT_EQ(kBlanks.NextIn("a b", 0), 1u);
  EXPECT_EQ(kBlanks.NextIn("a b", 1), 1u);
  EXPECT_EQ(kBlanks.NextIn("a b", 2), 3u);
  EXPECT_EQ(kBlanks.NextIn("", 0), 0u);
}

}  // namespace
}  // namespace phiwire
