// SPDX-License-Identifier: Apache-2.0

#include "base/computed.h"

#include "gtest/gtest.h"

namespace phiwire {
namespace {

TEST(Computed, IsTheCondition) {
  for (const std::uint32_t a : {0U, 1U, 7U}) {
    for (const std::uint32_t b : {0U, 1U, 0xFFFFFFFFU}) {
      EXPECT_EQ(Computed(a < b), a < b ? 1U : 0U);
      EXPECT_EQ(Chosen(a < b, a, b), a < b ? a : b);
      EXPECT_EQ(Chosen(a > b, a, b), a > b ? a : b);
    }
  }
}

}  // namespace
}  // namespace phiwire
