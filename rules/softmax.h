// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_RULES_SOFTMAX_H_
#define PHIWIRE_RULES_SOFTMAX_H_

#include <emmintrin.h>

#include "rules/weights.h"

namespace phiwire {

// e^x of four lanes, x <= 0, within 4e-6 of std::exp: 2^(x log2 e) as an
// exponent and a degree-5 polynomial (std::exp eight times took a quarter of a
// pass).
inline __m128 ExpLanes(__m128 x) {
  const auto all = [](float value) { return _mm_set1_ps(value); };
  x = _mm_max_ps(_mm_mul_ps(x, all(1.44269504f)), all(-126.0f));
  const __m128i whole = _mm_cvttps_epi32(_mm_sub_ps(x, all(0.5f)));
  const __m128 part = _mm_sub_ps(x, _mm_cvtepi32_ps(whole));
  __m128 power = all(0.00133336f);
  for (const float term :
       {0.00961813f, 0.05550411f, 0.24022651f, 0.69314718f, 1.0f}) {
    power = _mm_add_ps(_mm_mul_ps(power, part), all(term));
  }
  const __m128i exponent =
      _mm_slli_epi32(_mm_add_epi32(whole, _mm_set1_epi32(127)), 23);
  return _mm_mul_ps(power, _mm_castsi128_ps(exponent));
}

// Scores (log-odds) to probabilities, in place.
inline void ToProbabilities(GroupScores* scores) {
  static_assert(kGroupCount == 8);
  __m128 low = _mm_loadu_ps(scores->data());
  __m128 high = _mm_loadu_ps(scores->data() + 4);
  constexpr int kPairs = _MM_SHUFFLE(2, 3, 0, 1);
  constexpr int kHalves = _MM_SHUFFLE(1, 0, 3, 2);
  __m128 top = _mm_max_ps(low, high);
  top = _mm_max_ps(top, _mm_shuffle_ps(top, top, kPairs));
  top = _mm_max_ps(top, _mm_shuffle_ps(top, top, kHalves));
  low = ExpLanes(_mm_sub_ps(low, top));
  high = ExpLanes(_mm_sub_ps(high, top));
  const auto sum = [](__m128 x) {
    const __m128 pairs = _mm_add_ps(x, _mm_shuffle_ps(x, x, kPairs));
    return _mm_add_ps(pairs, _mm_shuffle_ps(pairs, pairs, kHalves));
  };
  const __m128 share =
      _mm_div_ps(_mm_set1_ps(1.0f), _mm_add_ps(sum(low), sum(high)));
  _mm_storeu_ps(scores->data(), _mm_mul_ps(low, share));
  _mm_storeu_ps(scores->data() + 4, _mm_mul_ps(high, share));
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SOFTMAX_H_
