// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_RULES_SOFTMAX_H_
#define PHIWIRE_RULES_SOFTMAX_H_

#include <algorithm>
#include <cmath>

#include "rules/weights.h"

namespace phiwire {

// Scores (log-odds) to probabilities, in place.
inline void ToProbabilities(GroupScores* scores) {
  const float top = *std::max_element(scores->begin(), scores->end());
  float sum = 0;
  for (float& s : *scores) {
    s = std::exp(s - top);
    sum += s;
  }
  for (float& s : *scores) s /= sum;
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SOFTMAX_H_
