// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/folds.h"

#include <algorithm>
#include <string>
#include <thread>

#include "base/lexicon.h"
#include "base/strings.h"
#include "rules/feature_key.h"

namespace phiwire {
namespace {

// Scores of one fold's examples from weights of all others.
void ScoreFold(const Examples& examples, std::size_t features,
               const TrainOptions& train, const Folds& folds, int fold,
               std::vector<GroupScores>* scores) {
  std::vector<bool> use(examples.size());
  for (std::size_t e = 0; e < examples.size(); ++e) {
    use[e] =
        folds.of[examples.documents[e]] != fold && examples.importance[e] > 0;
  }
  const std::vector<GroupScores> weights =
      Train(examples, use, features, train);
  for (std::size_t e = 0; e < examples.size(); ++e) {
    if (folds.of[examples.documents[e]] != fold) continue;
    GroupScores s{};
    if (!examples.offsets.empty()) s = examples.offsets[e];
    for (const std::uint32_t f : examples.row(e)) {
      for (std::size_t g = 0; g < kGroupCount; ++g) s[g] += weights[f][g];
    }
    (*scores)[e] = s;
  }
}

}  // namespace

bool IsVariant(const GoldDocument& document) {
  return document.id.find('~') != std::string::npos;
}

Folds::Folds(const std::vector<GoldDocument>& gold, int fold_count)
    : count(fold_count) {
  for (const GoldDocument& document : gold) {
    const std::string base = document.id.substr(0, document.id.find('~'));
    of.push_back(static_cast<int>(FeatureKey(7, HashWord(base)) %
                                  static_cast<unsigned>(fold_count)));
  }
}

std::vector<GroupScores> Jackknife(
    const Examples& examples, std::size_t features, const TrainOptions& train,
    const Folds& folds, const std::function<void(std::string_view)>& progress) {
  std::vector<GroupScores> scores(examples.size());
  const auto one_fold = [&](int fold) {
    ScoreFold(examples, features, train, folds, fold, &scores);
  };
  // Two at a time; each fold is deterministic, so the order does not matter.
  for (int fold = 0; fold < folds.count; fold += 2) {
    std::thread other;
    if (fold + 1 < folds.count) other = std::thread(one_fold, fold + 1);
    one_fold(fold);
    if (other.joinable()) other.join();
    if (!progress) continue;
    progress(Concat({"fold ", std::to_string(std::min(fold + 2, folds.count)),
                     " of ", std::to_string(folds.count)}));
  }
  return scores;
}

}  // namespace phiwire
