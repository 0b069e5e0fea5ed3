// SPDX-License-Identifier: Apache-2.0
//
// The three passes over one document (rules/passes.h), as scoring runs them:
// the filter drops nearly all tokens for the price of a few loads each, what
// depends on one token alone is remembered (rules/token_memo.h), and the rest
// of the evidence is looked up feature by feature.
//
// A Scorer is immutable; a ScoreWork is one thread's and keeps its memory from
// document to document.

#ifndef PHIWIRE_RULES_SCORER_H_
#define PHIWIRE_RULES_SCORER_H_

#include <array>
#include <cstdint>
#include <vector>

#include "rules/document_view.h"
#include "rules/features.h"
#include "rules/passes.h"
#include "rules/token_memo.h"
#include "rules/weights.h"

namespace phiwire {

// Keys of one token's features: at most a few hundred, so a fixed buffer; what
// does not fit (a word in 64 classes) is left out of the sum.
class KeyBuffer {
 public:
  void clear() { size_ = 0; }
  void Add(std::uint32_t key) {
    keys_[size_] = key;
    size_ += size_ + 1 < keys_.size() ? 1 : 0;
  }
  const std::uint32_t* data() const { return keys_.data(); }
  std::size_t size() const { return size_; }

 private:
  std::array<std::uint32_t, WeightTable::kMostKeys> keys_;
  std::size_t size_ = 0;
};

struct ScoreWork {
  DocumentView view;
  FirstPass first;
  Elsewhere elsewhere;
  std::vector<std::uint32_t> passed;             // tokens the filter left
  std::vector<std::uint32_t> doubtful;           // tokens of the second pass
  std::vector<GroupScores> final_probabilities;  // one a token

  RuleHits rules;
  std::vector<std::uint8_t> wanted;  // flags of `doubtful`

  ThinMemo thin_memo;
  FullMemo full_memo;
  std::vector<ThinSums> thin;  // one a token
  KeyBuffer keys;
};

class Scorer {
 public:
  Scorer(Weights weights, FeatureContext context);

  // work->view is built; fills everything behind it.
  void Score(ScoreWork* work) const;

  const FeatureContext& context() const { return context_; }
  const Weights& weights() const { return weights_; }

 private:
  void Filter(ScoreWork* work) const;
  void First(ScoreWork* work) const;
  void ApplyRules(ScoreWork* work) const;
  void ApplySiteRules(ScoreWork* work) const;
  void Second(ScoreWork* work) const;
  ThinSums ThinOf(const DocumentView& view, std::size_t i,
                  KeyBuffer* keys) const;
  FullSums FullOf(const DocumentView& view, std::size_t i,
                  KeyBuffer* keys) const;
  float FilterSum(const KeyBuffer& keys) const;

  void AddSiteRules(const RuleHits& rules, std::size_t i,
                    GroupScores* scores) const;

  Weights weights_;
  FeatureContext context_;
  // Log-odds of rules that the weights don't know (a site's own), by rule;
  // empty when there are none.
  std::vector<float> site_rules_;
  // Filter weights of marks beside a token, of the best candidate's type and
  // of the label before it: few values, so tables.
  std::vector<float> mark_before_, mark_after_, cover_, label_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SCORER_H_
