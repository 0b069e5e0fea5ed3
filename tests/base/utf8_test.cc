// SPDX-License-Identifier: Apache-2.0

#include "base/utf8.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace phiwire {
namespace {

TEST(Utf8, EveryCodePointComesBack) {
  for (char32_t c = 0; c <= 0x110000; ++c) {
    std::string bytes = "x";
    const bool scalar = c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
    ASSERT_EQ(AppendUtf8(c, &bytes), scalar);
    if (!scalar) {
      ASSERT_EQ(bytes, "x");
      continue;
    }
    const CodePoint back = DecodeUtf8(bytes, 1);
    ASSERT_TRUE(back.value == c);
    ASSERT_EQ(back.length, bytes.size() - 1);
    ASSERT_EQ(PreviousUtf8(bytes, bytes.size()), 1u);
    ASSERT_TRUE(IsValidUtf8(bytes));
  }
}

struct Row {
  std::string bytes;
  std::size_t at;
};

TEST(Utf8, NamesWhereTheFirstBadSequenceBegins) {
  const Row kRows[] = {
      {"\x80", 0},
      {"a\xC3", 1},
      {"\xC0\xAF", 0},
      {"ab\xC1\xBF", 2},
      {"\xE0\x9F\xBF", 0},
      {"\xED\xA0\x80", 0},
      {"\xE2\x82", 0},
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xF4\x90\x80\x80", 0},
      {"\xF5\x80\x80\x80", 0},
      {"\xC3\xA9\xC3(", 2},
      {"\xFE", 0},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(FirstInvalidUtf8(row.bytes), row.at);
    EXPECT_FALSE(IsValidUtf8(row.bytes));
  }
  EXPECT_EQ(FirstInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(FirstInvalidUtf8("a\xC3\xA9\xF0\x9F\x98\x80"), std::nullopt);
}

TEST(Utf8, BothValidatorsAgreeOnRandomBytes) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  constexpr unsigned char kBytes[] = {0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                      0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4};
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes(random() % 9, ' ');
    for (char& c : bytes) {
      c = static_cast<char>(kBytes[random() % std::size(kBytes)]);
    }
    const auto at = FirstInvalidUtf8(bytes);
    if (!at) continue;
    ASSERT_LT(*at, bytes.size());  // found by the second validator too
    ASSERT_TRUE(IsValidUtf8(std::string_view(bytes).substr(0, *at)));
  }
}

}  // namespace
}  // namespace phiwire
