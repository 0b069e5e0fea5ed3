// SPDX-License-Identifier: Apache-2.0

#include "base/doubling_search.h"

#include <gtest/gtest.h>

namespace phiwire {
namespace {

TEST(FirstNotBefore, IsFoundFromAnyPlaceInAnyLength) {
  for (std::size_t size = 0; size < 40; ++size) {
    for (std::size_t answer = 0; answer <= size; ++answer) {
      for (std::size_t from = 0; from <= answer; ++from) {
        const auto before = [&](std::size_t i) {
          EXPECT_LT(i, size);
          return i < answer;
        };
        ASSERT_EQ(FirstNotBefore(from, size, before), answer)
            << from << " of " << size;
      }
    }
  }
}

TEST(FirstNotBefore, IsTheBeginningWhenThatIsBehindAlready) {
  EXPECT_EQ(FirstNotBefore(5, 9, [](std::size_t) { return false; }), 5u);
}

TEST(FirstNotBefore, AsksFewWhenItIsNear) {
  constexpr std::size_t kSize = std::size_t{1} << 40;
  int asked = 0;
  const auto before = [&](std::size_t i) {
    ++asked;
    return i < 1'000'003;
  };
  EXPECT_EQ(FirstNotBefore(1'000'000, kSize, before), 1'000'003u);
  EXPECT_LE(asked, 6);
}

}  // namespace
}  // namespace phiwire
