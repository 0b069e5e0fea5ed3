// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_RULES_SOFTMAX_H_
#define PHIWIRE_RULES_SOFTMAX_H_

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "rules/weights.h"

namespace phiwire {

// Eight lanes side by side, which a compiler lowers to what the machine has.
using GroupLanes = float __attribute__((vector_size(kGroupCount * 4)));
using GroupBits = std::int32_t __attribute__((vector_size(kGroupCount * 4)));

// Scores (log-odds) to probabilities, in place. e^x within 4e-6 of std::exp:
// 2^(x log2 e) as an exponent and a degree-5 polynomial (std::exp eight times
// took a quarter of a pass).
inline void ToProbabilities(GroupScores* scores) {
  const GroupScores& s = *scores;
  const float top =
      std::max(std::max(std::max(s[0], s[1]), std::max(s[2], s[3])),
               std::max(std::max(s[4], s[5]), std::max(s[6], s[7])));
  GroupLanes x;
  std::memcpy(&x, s.data(), sizeof(x));
  x = (x - top) * 1.44269504f;
  const GroupLanes least = x * 0.0f - 126.0f;
  x = x > least ? x : least;
  const GroupBits whole = __builtin_convertvector(x - 0.5f, GroupBits);
  const GroupLanes part = x - __builtin_convertvector(whole, GroupLanes);
  const GroupLanes power =
      1.0f +
      part * (0.69314718f +
              part * (0.24022651f +
                      part * (0.05550411f +
                              part * (0.00961813f + part * 0.00133336f))));
  const GroupBits exponent = (whole + 127) << 23;
  GroupLanes scale;
  std::memcpy(&scale, &exponent, sizeof(scale));
  x = power * scale;
  const float sum =
      ((x[0] + x[1]) + (x[2] + x[3])) + ((x[4] + x[5]) + (x[6] + x[7]));
  x = x * (1.0f / sum);
  std::memcpy(scores->data(), &x, sizeof(x));
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SOFTMAX_H_
