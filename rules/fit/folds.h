// SPDX-License-Identifier: Apache-2.0
//
// Cross-validation: which part a document is in, and scores of every example
// by weights that did not see its part.

#ifndef PHIWIRE_RULES_FIT_FOLDS_H_
#define PHIWIRE_RULES_FIT_FOLDS_H_

#include <functional>
#include <string_view>
#include <vector>

#include "rules/fit/gold.h"
#include "rules/fit/trainer.h"
#include "rules/weights.h"

namespace phiwire {

// Whether the document is a made-up variant ("17~2") of another ("17").
bool IsVariant(const GoldDocument& document);

// The fold of each document, 0 to count - 1. By its id's hash and not its
// position, so that adding a file moves nothing; a variant is in the fold of
// its original.
struct Folds {
  Folds(const std::vector<GoldDocument>& gold, int fold_count);
  int count = 0;
  std::vector<int> of;  // by document
};

// Two threads; the same scores every time. progress (or null) gets a line
// every two folds.
std::vector<GroupScores> Jackknife(
    const Examples& examples, std::size_t features, const TrainOptions& train,
    const Folds& folds, const std::function<void(std::string_view)>& progress);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_FOLDS_H_
