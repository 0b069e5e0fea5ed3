// SPDX-License-Identifier: Apache-2.0
//
// Stages 5 and 6: the fitted evidence model as the engine's Weigher.
//
// A token's score for a group is a sum of weights (rules/features.h says of
// what), over the passes of rules/passes.h; P(PHI) is one minus the softmax of
// "none". Known values and proofs decide alone. Immutable; each thread brings
// a Scratch.

#ifndef PHIWIRE_RULES_EVIDENCE_MODEL_H_
#define PHIWIRE_RULES_EVIDENCE_MODEL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/stages.h"
#include "engine/word_classes.h"
#include "phiwire/types.h"
#include "rules/document_view.h"
#include "rules/features.h"
#include "rules/scorer.h"
#include "rules/span_typer.h"
#include "rules/weights.h"

namespace phiwire {

// Least P(PHI) of each type; above 1 for a type that is not looked for.
using TypeThresholds = std::array<float, kPhiTypeCount>;

class EvidenceModel : public Weigher {
 public:
  // confirmer gives the names of the patterns candidates refer to.
  EvidenceModel(Weights weights, const WordClasses& classes,
                const Confirmer& confirmer,
                std::shared_ptr<const ContextRules> rules,
                const TypeThresholds& thresholds);

  std::unique_ptr<Scratch> NewScratch() const override;
  absl::Status Weigh(const Document& document, const WeighOptions& options,
                     Scratch* scratch,
                     std::vector<Finding>* findings) const override;

  const FeatureContext& context() const { return scorer_.context(); }

 private:
  class Work;
  void Decide(const Document& document, float share, Work* work) const;
  void ApplyScores(float share, Work* work) const;
  void AddNearMisses(const Document& document, Work* work) const;
  bool MayDecide(const Candidate& candidate) const;
  std::int32_t DecidingCandidate(const DocumentView& view, std::size_t i) const;
  std::size_t ApplyCandidateAt(std::size_t i, Work* work) const;
  void ApplyCandidates(Work* work) const;
  void AddEvidence(std::size_t i, const KnownMatch& match, float share,
                   Work* work) const;
  void ApplyKnown(const Document& document, float share, Work* work) const;
  void AddFinding(const TokenSpan& span, const WeighOptions& options,
                  Work* work, std::vector<Finding>* findings) const;
  std::vector<Term> Explain(const TokenSpan& span, Work* work) const;

  Scorer scorer_;
  TypeThresholds thresholds_;
  float lowest_threshold_;
  std::array<float, kGroupCount> highest_thresholds_{};  // of a group's types
  std::vector<std::uint8_t> site_patterns_;  // flags by Candidate::pattern
};

// The context the features of a pattern set need; shared with fitting.
FeatureContext MakeFeatureContext(const WordClasses& classes,
                                  const Confirmer& confirmer,
                                  std::shared_ptr<const ContextRules> rules);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_EVIDENCE_MODEL_H_
