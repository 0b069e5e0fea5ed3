// SPDX-License-Identifier: Apache-2.0

#include "rules/token_numbers.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

// Against a map, over texts that grow and shrink.
TEST(TokenNumbers, AreThoseOfTheLastText) {
  constexpr unsigned kSeed = 11;
  std::mt19937 random(kSeed);
  TokenNumbers numbers;
  for (int text = 0; text < 200; ++text) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", text " +
                 std::to_string(text));
    const std::size_t tokens = random() % 300;
    numbers.Reset(tokens);
    std::map<std::uint32_t, std::uint32_t> wanted;
    std::vector<std::uint32_t> order;
    for (std::size_t n = tokens == 0 ? 0 : random() % 40; n > 0; --n) {
      const auto at = static_cast<std::uint32_t>(random() % tokens);
      if (!wanted.emplace(at, random() % 1000 + 1).second) continue;
      numbers.Set(at, wanted[at]);
      order.push_back(at);
    }
    for (std::uint32_t i = 0; i < tokens; ++i) {
      ASSERT_EQ(numbers[i], wanted.contains(i) ? wanted[i] : 0) << i;
    }
    EXPECT_EQ(
        std::vector<std::uint32_t>(numbers.set().begin(), numbers.set().end()),
        order);
  }
}

}  // namespace
}  // namespace phiwire
