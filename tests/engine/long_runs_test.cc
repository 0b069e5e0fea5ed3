// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/engine/long_runs_of.h"

namespace phiwire {
namespace {

using Runs = std::vector<std::pair<std::size_t, std::size_t>>;

Runs Found(std::string_view text) {
  Runs out;
  for (const ByteRun& run : LongRunsOf(text))
    out.emplace_back(run.begin, run.end);
  return out;
}

// The definition, byte by byte.
Runs Expected(std::string_view text) {
  Runs out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && text[end] >= '+') ++end;
    if (end - begin >= 16) out.emplace_back(begin, end);
    begin = end + 1;
  }
  return out;
}

TEST(LongRuns, EveryPlaceAndLength) {
  for (std::size_t before = 0; before < 140; ++before) {
    for (std::size_t length = 14; length < 40; ++length) {
      for (const char* after : {"", " ", " x", "\xC3\xA9"}) {
        const std::string text =
            std::string(before, ' ') + std::string(length, 'x') + after;
        ASSERT_EQ(Found(text), Expected(text)) << before << " " << length;
      }
    }
  }
}

TEST(LongRuns, AgreesWithTheDefinition) {
  constexpr unsigned kSeed = 20261123;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random(kSeed);
  std::size_t found = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::size_t gaps = 2 + random() % 40;
    std::string text(random() % 400, 'x');
    for (char& c : text) {
      if (random() % gaps == 0) c = " \n*+\x7F\x80\xFF(-"[random() % 9];
    }
    const Runs runs = Found(text);
    ASSERT_EQ(runs, Expected(text)) << testing::PrintToString(text);
    found += runs.size();
  }
  EXPECT_GT(found, 10'000u);
}

}  // namespace
}  // namespace phiwire
