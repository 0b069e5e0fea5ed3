// SPDX-License-Identifier: Apache-2.0

#include "base/next_place.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace phiwire {
namespace {

// Wherever it is asked for, in whatever order: what find gives.
TEST(NextPlace, IsWhatFindGives) {
  constexpr unsigned kSeed = 20261123;
  std::mt19937 random(kSeed);
  for (int text = 0; text < 500; ++text) {
    std::string bytes;
    for (std::size_t n = random() % 40; n > 0; --n) {
      bytes += random() % 6 == 0 ? ',' : 'a';
    }
    const std::string_view view(bytes);
    NextPlace comma;
    for (int ask = 0; ask < 60; ++ask) {
      const std::size_t from = random() % (bytes.size() + 2);
      ASSERT_EQ(
          comma.From(from, [&](std::size_t at) { return view.find(',', at); }),
          view.find(',', from))
          << bytes << " from " << from << ", seed " << kSeed;
    }
  }
}

TEST(NextPlace, ReadsATextOnceFromFrontToBack) {
  const std::string bytes(1000, 'a');
  std::size_t finds = 0;
  NextPlace comma;
  for (std::size_t from = 0; from < bytes.size(); ++from) {
    comma.From(from, [&](std::size_t at) {
      ++finds;
      return bytes.find(',', at);
    });
  }
  EXPECT_EQ(finds, 1U);
}

}  // namespace
}  // namespace phiwire
