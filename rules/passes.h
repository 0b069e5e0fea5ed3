// SPDX-License-Identifier: Apache-2.0
//
// The passes of the evidence model, shared by scoring and fitting.
//
// Filter: every word, for a few loads; most tokens of running text go here.
// Words: the token's words and what is counted around it. Most of what is left
// is settled by that, as PHI of a group or as none.
// Whole: the rest is weighed again with everything, pairs of neighbours,
// labels, columns and recognizers' patterns too.
// Document: tokens still in doubt are weighed with the context rules, with what
// was said of their neighbours and of the same word elsewhere in the document
// (document memory). These weights are added to the scores so far.
// What each gives and costs: docs/decisions/0011-passes.md.

#ifndef PHIWIRE_RULES_PASSES_H_
#define PHIWIRE_RULES_PASSES_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/ask_ahead.h"
#include "rules/document_view.h"
#include "rules/features.h"
#include "rules/token_numbers.h"
#include "rules/weights.h"

namespace phiwire {

// Whether token i is weighed at all.
inline bool IsTarget(const DocumentView& view, std::size_t i) {
  return IsWordLike(view.token(i));
}

// What was said of one token: probabilities before the document pass and after
// it. A cache line: every look at the evidence goes over all of these.
struct alignas(64) TokenEvidence {
  GroupScores probabilities = {1, 0, 0, 0, 0, 0, 0, 0};
  GroupScores final_probabilities = {1, 0, 0, 0, 0, 0, 0, 0};
};
static_assert(sizeof(TokenEvidence) == 64);

// What few ask of it: log-odds before the document pass.
struct TokenScores {
  GroupScores scores{};
  bool whole = false;  // its words did not settle it
};

// The evidence of all tokens; those the filter dropped share one entry, P(none)
// = 1, and take four bytes each.
class Evidence {
 public:
  void Reset(std::size_t tokens);
  // The entry of token i, made when it has none.
  TokenEvidence& Make(std::size_t i) {
    const std::size_t made = size_;
    const std::uint32_t slot = SlotOf(i);
    if (size_ != made) {
      entries_[slot] = {};
      scores_[slot] = {};
    }
    return entries_[slot];
  }
  // Both probabilities from the scores.
  void Set(std::size_t i, const TokenScores& scores);
  void Set(std::size_t i, const TokenScores& scores,
           const GroupScores& probabilities) {
    const std::uint32_t slot = SlotOf(i);
    scores_[slot] = scores;
    entries_[slot] = {probabilities, probabilities};
  }
  const TokenEvidence& operator[](std::size_t i) const {
    return entries_[slots_[i]];
  }
  const TokenScores& scores(std::size_t i) const { return scores_[slots_[i]]; }
  // Tokens with an entry of their own, in the order they were made.
  std::span<const std::uint32_t> weighed() const { return slots_.set(); }
  // Asks memory for entries a little behind token i's: they lie in that order.
  void AskBehind(std::size_t i) const {
    slots_.AskFor(i + 4 * kAhead);
    AskAhead(&(*this)[i], kAhead);
  }
  float phi(std::size_t i) const { return 1.0f - (*this)[i].probabilities[0]; }

 private:
  static constexpr std::size_t kAhead = 40;  // entries
  static constexpr std::size_t kAheadToWrite = 8;
  // What an entry held before, it may hold still.
  std::uint32_t SlotOf(std::size_t i) {
    std::uint32_t slot = slots_[i];
    if (slot == 0) {
      slot = static_cast<std::uint32_t>(size_++);
      if (size_ > entries_.size()) {
        entries_.resize(2 * size_);
        scores_.resize(entries_.size());
      }
      slots_.Set(i, slot);
    }
    AskAheadToWrite(&entries_[slot], kAheadToWrite);
    AskAheadToWrite(&scores_[slot], kAheadToWrite);
    return slot;
  }

  TokenNumbers slots_;                  // of entries_; 0: dropped
  std::vector<TokenEvidence> entries_;  // those from size_ on are old ones
  std::vector<TokenScores> scores_;     // of the same
  std::size_t size_ = 0;
};

// What is known of a word from all its tokens in the document.
class Elsewhere {
 public:
  // It will be asked of the words that stand at these tokens.
  void Start(const DocumentView& view, std::span<const std::uint32_t> asked);
  // Token i, which was weighed.
  void Add(const DocumentView& view, const Evidence& evidence, std::uint32_t i);
  struct Entry {
    float best = 0, second = 0;  // highest P(PHI) of two different tokens
    std::uint8_t group = 0, second_group = 0;
    bool asked = false;
    std::uint32_t best_token = 0;
    float sum = 0;
  };
  // Of the word at token i, which was asked for.
  const Entry& of(const DocumentView& view, std::size_t i) const {
    return entries_[view.use_index(i)];
  }

 private:
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> touched_;
};

// Initials of the people a document names: "WHK:bj" under a letter of William
// H. Keller. Two or three words in a row that are names so far make one; of two
// either may be the first ("DOE, JOHN").
class Initials {
 public:
  void Clear() { keys_.clear(); }
  // Token i, which was weighed, and the names right behind it.
  void Add(const DocumentView& view, const Evidence& evidence, std::size_t i);
  // Before Has.
  void Sort();
  // A word of two or three letters.
  static bool MayBe(const DocumentView& view, std::size_t i) {
    const Token& t = view.token(i);
    const std::uint32_t length = t.end - t.begin;
    return t.kind == TokenKind::kWord && (length == 2 || length == 3);
  }
  // Whether such a word is one.
  bool Has(std::string_view word) const;

 private:
  std::vector<std::uint32_t> keys_;  // sorted
};

// What the document as a whole says of its words.
struct DocumentMemory {
  Elsewhere elsewhere;
  Initials initials;
  // For the document pass over the tokens `asked`.
  void Build(const DocumentView& view, const Evidence& evidence,
             std::span<const std::uint32_t> asked);
  void Build(const DocumentView& view, const Evidence& evidence) {
    Build(view, evidence, evidence.weighed());
  }
};

// A token that its words settle, as PHI of one group or as none, is not weighed
// again.
inline constexpr float kSettledNone = 0.02f;
inline constexpr float kSettledGroup = 0.98f;
inline bool Settled(const GroupScores& p) {
  if (p[0] > 1.0f - kSettledNone) return true;
  float top = p[1];
  for (std::size_t g = 2; g < kGroupCount; ++g) top = std::max(top, p[g]);
  return top > kSettledGroup;
}

// Outside these bounds of P(PHI) the document has no say.
inline constexpr float kDoubtFloor = 0.10f;
inline constexpr float kDoubtCeiling = 0.95f;
inline bool InDoubt(float phi) {
  return (phi >= kDoubtFloor) & (phi <= kDoubtCeiling);
}

// Tokens on either side that the share of PHI in a line is taken of.
inline constexpr std::size_t kLineReach = 12;

template <class Sink>
void ExtractDocument(const DocumentView& view, const FeatureContext& context,
                     const Evidence& evidence, const DocumentMemory& memory,
                     const RuleHits& rules, std::size_t i, Sink& sink);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_PASSES_H_
