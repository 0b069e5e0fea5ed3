// SPDX-License-Identifier: Apache-2.0
//
// The two passes of the evidence model, shared by scoring and fitting.
//
// First pass: every token that could be PHI gets the scores of the features
// around it. A cheap test on what the look-up returned drops the others, which
// are most tokens of running text (numbers in docs/decisions).
// Second pass: tokens that the first pass left in doubt, or called PHI, are
// weighed again with the context rules, with what the first pass said of their
// neighbours and of the same word elsewhere in the document (document memory). Its scores are added
// to the first pass's, so a decision is one sum.

#ifndef PHIWIRE_RULES_PASSES_H_
#define PHIWIRE_RULES_PASSES_H_

#include <cstdint>
#include <vector>

#include "rules/document_view.h"
#include "rules/features.h"
#include "rules/weights.h"

namespace phiwire {

// Whether the first pass looks at token i at all.
bool IsTarget(const DocumentView& view, std::size_t i);

// Per token: log-odds and probabilities after the first pass. A token that is
// no target has P(none) = 1.
struct FirstPass {
  std::vector<GroupScores> scores;
  std::vector<GroupScores> probabilities;
  void Reset(std::size_t tokens);
  float phi(std::size_t i) const { return 1.0f - probabilities[i][0]; }
};

// What is known of a word from all its tokens in the document.
class Elsewhere {
 public:
  void Build(const DocumentView& view, const FirstPass& first);
  struct Entry {
    float best = 0, second = 0;  // highest P(PHI) of two different tokens
    std::uint8_t group = 0, second_group = 0;
    std::uint32_t best_token = 0;
    float sum = 0;
    std::uint32_t count = 0;
  };
  const Entry& of(const DocumentView& view, std::size_t i) const {
    return entries_[view.view(i).use];
  }

 private:
  std::vector<Entry> entries_;
};

// Outside these bounds of P(PHI) a token stays as the first pass left it.
inline constexpr float kSecondPassFloor = 0.03f;
inline constexpr float kSecondPassCeiling = 0.995f;
inline bool InDoubt(float phi) {
  return phi >= kSecondPassFloor && phi <= kSecondPassCeiling;
}

template <class Sink>
void ExtractSecondPass(const DocumentView& view, const FeatureContext& context,
                       const FirstPass& first, const Elsewhere& elsewhere,
                       const RuleHits& rules, std::size_t i, Sink& sink);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_PASSES_H_
