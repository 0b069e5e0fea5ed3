// SPDX-License-Identifier: Apache-2.0

#include "rules/softmax.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace phiwire {
namespace {

GroupScores Plain(const GroupScores& scores) {
  const double top = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (const float s : scores) sum += std::exp(static_cast<double>(s) - top);
  GroupScores probabilities{};
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    const double e = std::exp(static_cast<double>(scores[g]) - top);
    probabilities[g] = static_cast<float>(e / sum);
  }
  return probabilities;
}

TEST(Softmax, IsTheExponentialsShare) {
  constexpr unsigned kSeed = 20241123;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int n = 0; n < 20000; ++n) {
    const float most = n % 2 == 0 ? 4.0f : 128.0f;
    std::uniform_real_distribution<float> score(-most, most);
    GroupScores scores;
    for (float& s : scores) s = score(random);
    const GroupScores plain = Plain(scores);
    ToProbabilities(&scores);
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      ASSERT_NEAR(scores[g], plain[g], 4e-6) << g << " of " << n;
    }
  }
}

TEST(Softmax, FindsTheHighestWhereverItStands) {
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    GroupScores scores;
    scores.fill(-128);
    scores[g] = 127;
    ToProbabilities(&scores);
    for (std::size_t k = 0; k < kGroupCount; ++k) {
      EXPECT_EQ(scores[k] > 0.999f, k == g);
      EXPECT_EQ(scores[k] < 1e-6f, k != g);
    }
  }
}

}  // namespace
}  // namespace phiwire
