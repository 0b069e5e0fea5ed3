// SPDX-License-Identifier: Apache-2.0
//
// Context rules: named predicates over the words around a token
// (context/rules.yaml and a site's rules.yaml). A rule that fires is one
// feature, "rule=NAME", of the evidence model: conjunctions that a sum over
// single neighbours can't express. Its weight is fitted; the file's log-odds
// stand in for a rule that the weights do not know. Every phrase group is a
// rule of its own: phrase_before_name fires at the two words that follow such
// a phrase on its line, or at the first of the next when it ends the line.
//
// Immutable once loaded; Apply is safe from any thread, each with its own
// RuleHits. A table leaves a few rules to try a word (rules/rule_gate.h).
//
//   PHIWIRE_ASSIGN_OR_RETURN(auto rules, ContextRules::Load(folders, classes));
//   rules.Apply(view, &hits);
//   for (std::uint16_t r : hits.at(token)) ... rules.name(r) ...

#ifndef PHIWIRE_RULES_CONTEXT_RULES_H_
#define PHIWIRE_RULES_CONTEXT_RULES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/word_classes.h"
#include "rules/document_view.h"
#include "rules/groups.h"
#include "rules/phrase_cues.h"
#include "rules/rule_condition.h"
#include "rules/rule_gate.h"
#include "rules/token_numbers.h"

namespace phiwire {

// Rules by token, in ascending order; reused from document to document.
struct RuleHits {
  std::vector<std::uint16_t> rules;
  std::vector<std::size_t> starts;  // of the tokens that were tried
  TokenNumbers tried;               // one more than a token's place in starts

  std::span<const std::uint16_t> at(std::size_t token) const {
    const std::size_t next = tried[token];
    if (next == 0) return {};
    const std::size_t end = next < starts.size() ? starts[next] : rules.size();
    return {rules.data() + starts[next - 1], end - starts[next - 1]};
  }

  void Clear(std::size_t tokens) {
    rules.clear();
    starts.clear();
    tried.Reset(tokens);
  }
  // What is added next is of this token.
  void StartAt(std::size_t token) {
    starts.push_back(rules.size());
    tried.Set(token, static_cast<std::uint32_t>(starts.size()));
  }

  // Room that Apply works in.
  std::vector<PhraseHit> phrases;
  LineWords line;
};

class ContextRules {
 public:
  // Each folder's rules.yaml and phrases.yaml. The first must have them; in
  // the others (a site's) they are optional and add to the first's. Rules name
  // word classes by `classes`, which must hold the same folders' words.
  static absl::StatusOr<ContextRules> Load(std::span<const std::string> folders,
                                           const WordClasses& classes);

  // Tries the rules at these words (IsWordLike), ascending; looks no farther
  // around them than rules reach.
  void Apply(const DocumentView& view, std::span<const std::uint32_t> wanted,
             RuleHits* hits) const;
  // At every word.
  void Apply(const DocumentView& view, RuleHits* hits) const;

  std::size_t size() const { return rules_.size(); }
  // The first folder's rules come first; those from here on are a site's.
  std::size_t built_in() const { return built_in_; }
  const std::string& name(std::size_t i) const { return rules_[i].name; }
  std::uint32_t hash(std::size_t i) const { return rules_[i].hash; }
  Group group(std::size_t i) const { return rules_[i].group; }
  float log_odds(std::size_t i) const { return rules_[i].log_odds; }

 private:
  struct Rule {
    std::string name;
    std::uint32_t hash = 0;  // HashWord(name)
    Group group = Group::kNone;
    float log_odds = 0;
    std::vector<Condition> conditions;
  };
  ContextRules() = default;
  void AddPhraseRules();
  void BuildGates();
  void ApplyNear(const DocumentView& view,
                 std::span<const std::uint32_t> wanted,
                 class PhraseWalk* phrases, RuleHits* hits) const;
  void ApplyToken(const RuleWindow& window, std::uint64_t situation,
                  unsigned active_phrases, RuleHits* hits) const;

  PhraseCues phrases_;
  WordClasses marks_;
  std::vector<Rule> rules_;  // the phrase groups' first
  std::vector<RuleGate> gates_;
  GateTable table_;
  std::size_t phrase_reach_ = 0;  // words, the most any rule asks for
  std::size_t built_in_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_CONTEXT_RULES_H_
