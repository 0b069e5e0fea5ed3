// SPDX-License-Identifier: Apache-2.0
//
// What is remembered of words changes no finding, also when words with digits
// are forgotten and their numbers given to others.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

class ForgottenWordsTest : public SafeHarborTest {};

TEST_F(ForgottenWordsTest, ChangeNoFinding) {
  const auto note = [](int number) {
    const std::string n = std::to_string(number);
    std::string text = "Mary Smith, MRN A";
    text.append(n).append("B, seen in room C").append(n);
    return text.append(" by Dr. Lee on 3/4/2020; sample X").append(n);
  };
  const auto fresh =
      Deidentifier::Create(Policy::SafeHarbor(), {PHIWIRE_TEST_DATA_DIR, ""});
  ASSERT_TRUE(fresh.ok());
  const auto expected = fresh->Analyze(note(4711));
  ASSERT_TRUE(expected.ok());
  ASSERT_FALSE(expected->empty());
  // 30,000 words with digits: forgotten three times.
  for (int number = 0; number < 10'000; ++number) {
    ASSERT_TRUE(deid_->Analyze(note(10'000 + number)).ok());
    if (number % 500 != 0) continue;
    const auto found = deid_->Analyze(note(4711));
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->size(), expected->size()) << number;
    for (std::size_t f = 0; f < found->size(); ++f) {
      EXPECT_EQ((*found)[f].begin, (*expected)[f].begin);
      EXPECT_EQ((*found)[f].end, (*expected)[f].end);
      EXPECT_EQ((*found)[f].type, (*expected)[f].type);
      EXPECT_EQ((*found)[f].score, (*expected)[f].score);
    }
  }
}

}  // namespace
}  // namespace phiwire
