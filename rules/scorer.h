// SPDX-License-Identifier: Apache-2.0
//
// The passes over one document (rules/passes.h), as scoring runs them: what
// depends on one token alone is remembered (rules/token_memo.h), small features
// are table rows (rules/small_table.h), and only what is left after that is
// looked up feature by feature.
//
// A Scorer is immutable; a ScoreWork is one thread's and keeps its memory from
// document to document.

#ifndef PHIWIRE_RULES_SCORER_H_
#define PHIWIRE_RULES_SCORER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/document_view.h"
#include "rules/feature_sums.h"
#include "rules/features.h"
#include "rules/passes.h"
#include "rules/small_table.h"
#include "rules/token_memo.h"
#include "rules/weights.h"

namespace phiwire {

// A token, and what its words give in the second look.
struct HardWord {
  std::uint32_t token = 0;
  WeightSums sums;
};

struct ScoreWork {
  DocumentView view;
  Evidence evidence;
  DocumentMemory memory;
  std::vector<std::uint32_t> passed;  // tokens the filter left, ascending
  std::vector<HardWord> hard;  // of a block: those their words don't settle
  std::vector<std::uint32_t> doubtful;  // those the document has a say in

  RuleHits rules;

  ThinMemo thin_memo;
  std::vector<ThinSums> thin;  // of a block's tokens, and of the edges
  FullMemo full_memo;
  KeyBuffer keys;
};

class Scorer {
 public:
  Scorer(Weights weights, FeatureContext context, const ClassMasks& masks);

  // work->view is built without uses; fills everything behind it. all_uses:
  // whatever tokens will be asked about afterwards.
  void Score(bool all_uses, ScoreWork* work) const;

  const FeatureContext& context() const { return context_; }
  const Weights& weights() const { return weights_; }

 private:
  void Filter(ScoreWork* work) const;
  void FilterBlock(std::size_t begin, std::size_t end,
                   std::array<ThinSums, 2>* before, ScoreWork* work) const;
  void GatherThin(std::size_t first, std::size_t last, ScoreWork* work) const;
  void WeighPassed(ScoreWork* work) const;
  void WeighTokens(std::size_t begin, std::size_t end, ScoreWork* work) const;
  void WeighHard(ScoreWork* work) const;
  void AddDoubtful(std::size_t begin, std::size_t end, ScoreWork* work) const;
  void ApplyRules(ScoreWork* work) const;
  void ApplySiteRules(ScoreWork* work) const;
  void WeighDoubtful(ScoreWork* work) const;
  // Of words met for the first time (rules/new_words.cc).
  ThinSums ThinOf(const DocumentView& view, std::size_t i,
                  KeyBuffer* keys) const;
  FullSums FullOf(const DocumentView& view, std::size_t i,
                  KeyBuffer* keys) const;
  const FullSums& NewSums(const DocumentView& view, std::size_t i,
                          FullMemo* memo, KeyBuffer* keys) const;
  Lanes<2> WordSums(const DocumentView& view, std::size_t i, FullMemo* memo,
                    KeyBuffer* keys) const;

  void AddSiteRules(const RuleHits& rules, std::size_t i,
                    GroupScores* scores) const;

  Weights weights_;
  FeatureContext context_;
  ClassMasks masks_;
  // Small features of words and whole, and of the document.
  SmallTable<2> small_;
  SmallTable<1> document_small_;
  // Log-odds of rules that the weights don't know (a site's own), by rule;
  // empty when there are none.
  std::vector<float> site_rules_;
  // Filter weights of marks beside a token, of the best candidate's type and
  // of the label before it: few values, so tables. In 1/kWeightScale.
  std::vector<std::int16_t> mark_before_, mark_after_, cover_, label_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SCORER_H_
