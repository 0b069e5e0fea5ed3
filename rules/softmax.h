// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_RULES_SOFTMAX_H_
#define PHIWIRE_RULES_SOFTMAX_H_

#include <cstdint>
#include <cstring>

#include "rules/weights.h"

namespace phiwire {

// Half of the groups side by side: a register of any machine. Eight in one are
// taken apart where registers hold four, comparisons lane by lane.
using HalfLanes = float __attribute__((vector_size(kGroupCount / 2 * 4)));
using HalfBits = std::int32_t __attribute__((vector_size(kGroupCount / 2 * 4)));

inline HalfLanes PairsSwapped(HalfLanes x) {
  return __builtin_shufflevector(x, x, 1, 0, 3, 2);
}
inline HalfLanes HalvesSwapped(HalfLanes x) {
  return __builtin_shufflevector(x, x, 2, 3, 0, 1);
}
// (x0 + x1) + (x2 + x3)
inline float SumOf(HalfLanes x) {
  x = x + PairsSwapped(x);
  return (x + HalvesSwapped(x))[0];
}

// 2^x for x <= 0, as an exponent and a degree-5 polynomial.
inline HalfLanes PowerOfTwo(HalfLanes x) {
  const HalfLanes least = {-126.0f, -126.0f, -126.0f, -126.0f};
  x = least > x ? least : x;
  const HalfBits whole = __builtin_convertvector(x - 0.5f, HalfBits);
  const HalfLanes part = x - __builtin_convertvector(whole, HalfLanes);
  const HalfLanes power =
      1.0f +
      part * (0.69314718f +
              part * (0.24022651f +
                      part * (0.05550411f +
                              part * (0.00961813f + part * 0.00133336f))));
  const HalfBits exponent = (whole + 127) << 23;
  HalfLanes scale;
  std::memcpy(&scale, &exponent, sizeof(scale));
  return power * scale;
}

// Scores (log-odds) to probabilities, in place. e^x within 4e-6 of std::exp,
// which, eight times, took a quarter of a pass.
inline void ToProbabilities(GroupScores* scores) {
  HalfLanes a, b;
  std::memcpy(&a, scores->data(), sizeof(a));
  std::memcpy(&b, scores->data() + kGroupCount / 2, sizeof(b));
  HalfLanes top = a > b ? a : b;
  HalfLanes other = HalvesSwapped(top);
  top = top > other ? top : other;
  other = PairsSwapped(top);
  top = top > other ? top : other;
  a = PowerOfTwo((a - top) * 1.44269504f);
  b = PowerOfTwo((b - top) * 1.44269504f);
  const float share = 1.0f / (SumOf(a) + SumOf(b));
  a = a * share;
  b = b * share;
  std::memcpy(scores->data(), &a, sizeof(a));
  std::memcpy(scores->data() + kGroupCount / 2, &b, sizeof(b));
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SOFTMAX_H_
