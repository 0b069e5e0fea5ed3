// SPDX-License-Identifier: Apache-2.0
//
// Near misses are told beside the findings and change none of them.

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

class NearMissesTest : public SafeHarborTest {};

// Pieces of notes that often lie near a threshold, in any order.
std::string MakeText(std::mt19937_64* random) {
  constexpr std::array<const char*, 36> kPieces = {
      "John",     "Smith",   "Mr.",     "Dr. Lee",  "Baker",    "rose",
      "May",      "March",   "will",    "Grant",    "Mary-Ann", "O'Brien",
      "3/14",     "2019",    "Tuesday", "at 3",     "the",      "of",
      "Hospital", "Park",    "Street",  "St.",      "Boston",   "MA",
      "02114",    "MRN",     "12345",   "A1234567", "call",     "x 555",
      "(617)",    "seen by", ",",       ".\n",      ":",        "-"};
  std::string text;
  const std::size_t count = 5 + (*random)() % 40;
  for (std::size_t i = 0; i < count; ++i) {
    text.append(kPieces[(*random)() % kPieces.size()]);
    if ((*random)() % 8 != 0) text.push_back(' ');
  }
  return text;
}

TEST_F(NearMissesTest, OnlyAdd) {
  const char* given = std::getenv("PHIWIRE_TEST_SEED");
  const std::uint64_t seed = given == nullptr
                                 ? std::random_device{}()
                                 : std::strtoull(given, nullptr, 10);
  SCOPED_TRACE(testing::Message() << "PHIWIRE_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  const auto key = [](const Finding& f) {
    return std::tuple(f.begin, f.end, f.type, f.score, f.source);
  };
  std::size_t added = 0;
  for (int round = 0; round < 500; ++round) {
    const std::string text = MakeText(&random);
    const auto findings = deid_->Analyze(text);
    const auto near = deid_->Analyze(text, {.near_misses = true});
    ASSERT_TRUE(findings.ok() && near.ok());
    std::size_t found = 0, end = 0;
    for (const Finding& f : *near) {
      EXPECT_LE(end, f.begin) << text;
      end = f.end;
      if (found < findings->size() && key(f) == key((*findings)[found])) {
        ++found;
      } else {
        ++added;
      }
    }
    EXPECT_EQ(found, findings->size()) << text;
  }
  EXPECT_GT(added, 500u);
}

}  // namespace
}  // namespace phiwire
