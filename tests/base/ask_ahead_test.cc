// SPDX-License-Identifier: Apache-2.0

#include "base/ask_ahead.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

namespace phiwire {
namespace {

TEST(AskAhead, CountsInItems) {
  const std::array<std::uint64_t, 4> items{};
  EXPECT_EQ(PlaceAhead(items.data(), 0), items.data());
  EXPECT_EQ(PlaceAhead(items.data(), 3), &items[3]);
}

// UBSan tells of a pointer that leaves its array (./dev test --asan).
TEST(AskAhead, AnyPlaceMayBeAskedFor) {
  std::array<int, 4> items = {1, 2, 3, 4};
  for (const std::size_t ahead :
       {std::size_t{0}, std::size_t{4}, std::size_t{1} << 40,
        std::numeric_limits<std::size_t>::max()}) {
    AskAhead(items.data(), ahead);
    AskAheadToWrite(items.data(), ahead);
    AskAheadForAll(items.data(), ahead);
  }
  AskAhead<int>(nullptr, 0);
  AskAheadForAll<std::array<char, 1000>>(nullptr, 0);
  EXPECT_EQ(items, (std::array<int, 4>{1, 2, 3, 4}));
}

}  // namespace
}  // namespace phiwire
