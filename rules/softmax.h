// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_RULES_SOFTMAX_H_
#define PHIWIRE_RULES_SOFTMAX_H_

#include <algorithm>
#include <bit>
#include <cstdint>

#include "rules/weights.h"

namespace phiwire {

// e^x for x <= 0, within 4e-6 of std::exp: 2^(x log2 e) as an exponent and a
// degree-5 polynomial, so that a compiler can do eight at once. std::exp took
// a quarter of the second pass.
inline float FastExp(float x) {
  x = std::max(x * 1.44269504f, -126.0f);
  const float whole = static_cast<float>(static_cast<int>(x - 0.5f));
  const float part = x - whole;  // in [-0.5, 0.5]
  const float power =
      1.0f +
      part * (0.69314718f +
              part * (0.24022651f +
                      part * (0.05550411f +
                              part * (0.00961813f + part * 0.00133336f))));
  const auto bits =
      static_cast<std::uint32_t>(static_cast<int>(whole) + 127) << 23;
  return power * std::bit_cast<float>(bits);
}

// Scores (log-odds) to probabilities, in place.
inline void ToProbabilities(GroupScores* scores) {
  float top = (*scores)[0];
  for (std::size_t g = 1; g < kGroupCount; ++g) {
    top = std::max(top, (*scores)[g]);
  }
  float sum = 0;
  for (float& s : *scores) {
    s = FastExp(s - top);
    sum += s;
  }
  const float scale = 1.0f / sum;
  for (float& s : *scores) s *= scale;
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SOFTMAX_H_
