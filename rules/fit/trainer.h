// SPDX-License-Identifier: Apache-2.0
//
// Fits multinomial logistic weights by FTRL-proximal (McMahan et al., "Ad
// click prediction: a view from the trenches", KDD 2013): per-coordinate steps
// and an L1 term that leaves most features at exactly zero. One thread and one
// seed give the same weights every time.

#ifndef PHIWIRE_RULES_FIT_TRAINER_H_
#define PHIWIRE_RULES_FIT_TRAINER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "rules/groups.h"
#include "rules/weights.h"

namespace phiwire {

// Examples as compressed rows: features of example e are
// features[starts[e] .. starts[e+1]).
struct Examples {
  std::vector<std::uint32_t> features;  // dense ids
  std::vector<std::size_t> starts = {0};
  std::vector<std::uint8_t> labels;  // Group
  std::vector<float> importance;
  std::vector<GroupScores> offsets;  // added to the scores; may be empty
  std::vector<std::uint32_t> documents;

  std::size_t size() const { return labels.size(); }
  std::span<const std::uint32_t> row(std::size_t e) const {
    return {features.data() + starts[e], starts[e + 1] - starts[e]};
  }
};

// Defaults for words and whole; docs/fit.md has those of all models.
struct TrainOptions {
  int epochs = 14;
  float alpha = 0.04f;  // step
  float beta = 1.0f;
  float l1 = 1.2f;
  float l2 = 1.0f;
  std::uint64_t seed = 20261122;
};

// Weights by dense feature id, of the examples where use[example] is set.
std::vector<GroupScores> Train(const Examples& examples,
                               const std::vector<bool>& use,
                               std::size_t feature_count,
                               const TrainOptions& options);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_TRAINER_H_
