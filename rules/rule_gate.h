// SPDX-License-Identifier: Apache-2.0
//
// The first test of context rules, all at once. What a word and its neighbours
// look like is packed into 64 bits (the situation); a rule's conditions are
// compiled to the bits that must be so, and a table gives the few rules that a
// situation leaves. Beyond that a rule may need a class, or one of its own
// words, at one place.
//
// A gate only ever says no when the rule's conditions would. Immutable once
// built; LineWords belongs to one thread.

#ifndef PHIWIRE_RULES_RULE_GATE_H_
#define PHIWIRE_RULES_RULE_GATE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rules/document_view.h"
#include "rules/rule_condition.h"

namespace phiwire {

// Words of one line in a row; reused.
class LineWords {
 public:
  // Those from token `first` to token `last`, and kMaxRuleOffset more on either
  // side where the line has them.
  void Gather(const DocumentView& view, const Line& line, std::size_t first,
              std::size_t last, const WordClasses& rule_words);
  std::size_t size() const { return places_.size() - 2 * kPad; }
  // kMaxRuleOffset places on either side of it are valid.
  const LineWord* at(std::size_t place) const {
    return places_.data() + kPad + place;
  }
  // What the gates test of the word there; remembered.
  std::uint64_t Situation(const DocumentView& view, std::size_t place);

 private:
  static constexpr std::size_t kPad = kMaxRuleOffset;
  std::vector<LineWord> places_;  // kPad empty ones at either end
};

// What one rule needs.
struct RuleGate {
  std::uint64_t care = 0;  // (situation & care) == want
  std::uint64_t want = 0;
  std::uint64_t classes = 0;  // one of these, at `slot`
  std::uint64_t marks = 0;
  std::int8_t slot = 0;       // the first place of `span` places
  std::uint8_t span = 0;      // 0: no class or word is needed
  std::uint8_t phrases = 0;   // one of these phrase groups is near
  std::uint8_t kinds = 0xFF;  // of the word itself, bit per TokenKind
  std::uint8_t cases = 0xFF;  // bit per Case

  static RuleGate Of(std::span<const Condition> conditions);

  // The part that the table leaves.
  bool Open(unsigned active_phrases, const LineWord* word) const {
    if (phrases != 0 && (phrases & active_phrases) == 0) return false;
    if (span == 0) return true;
    for (int k = slot; k < slot + span; ++k) {
      if (((word[k].classes & classes) | (word[k].marks & marks)) != 0) {
        return true;
      }
    }
    return false;
  }
};

// All gates at once: a set of rules for every value of each byte of the
// situation, for each kind and case of the word, and for each class and mark of
// the words near it. What the sets have in common are the rules to try: about
// one a word of those in context/rules.yaml. Linear in rules / 256.
class GateTable {
 public:
  void Build(std::span<const RuleGate> gates);

  // Calls visit(rule) in ascending order.
  template <class Visit>
  void ForEach(const Token& token, std::uint64_t situation,
               unsigned active_phrases, const LineWord* word,
               Visit visit) const {
    for (std::size_t first = 0; first < rows_.size(); first += kRows) {
      const RuleSet* rows = rows_.data() + first;
      RuleSet rules = rows[OwnRow(token.kind, token.letter_case)];
      for (std::size_t b = 0; b < kBytes; ++b) {
        rules &= rows[b * 256 + (situation >> (8 * b) & 0xFF)];
      }
      if (active_phrases == 0) rules &= rows[kPhraseRow];
      for (int slot = -kNear; slot <= kNear; ++slot) {
        Keep(rows, slot, word[slot], &rules);
      }
      for (std::size_t w = 0; w < kWords; ++w) {
        for (std::uint64_t bits = rules[w]; bits != 0; bits &= bits - 1) {
          visit(first / kRows * kSetSize + w * 64 +
                static_cast<std::size_t>(std::countr_zero(bits)));
        }
      }
    }
  }

 private:
  // Which of 256 rules; what a compiler lowers to the registers it has.
  static constexpr std::size_t kWords = 4, kSetSize = 64 * kWords;
  using RuleSet = std::uint64_t __attribute__((vector_size(8 * kWords)));

  static constexpr std::size_t kBytes = 8;
  static constexpr std::size_t kKinds = 3, kCases = 6;
  static constexpr int kNear = 2;  // words to either side
  static constexpr std::size_t kSlots = 2 * kNear + 1;
  // Rows: bytes, own, without a phrase, then 129 a slot: the rules that need
  // nothing there, those that a class satisfies, those that a mark does.
  static constexpr std::size_t kOwnRows = kBytes * 256;
  static constexpr std::size_t kPhraseRow = kOwnRows + kKinds * kCases;
  static constexpr std::size_t kSlotRows = kPhraseRow + 1;
  static constexpr std::size_t kSlotSize = 129;
  static constexpr std::size_t kRows = kSlotRows + kSlots * kSlotSize;

  static std::size_t OwnRow(TokenKind kind, Case letter_case) {
    return kOwnRows + static_cast<std::size_t>(kind) * kCases +
           static_cast<std::size_t>(letter_case);
  }
  static std::size_t SlotIndex(int slot) {
    return static_cast<std::size_t>(slot + kNear);
  }
  // Those that need nothing at the slot, or what stands there.
  void Keep(const RuleSet* rows, int slot, const LineWord& word,
            RuleSet* rules) const {
    const std::size_t index = SlotIndex(slot);
    rows += kSlotRows + index * kSlotSize;
    RuleSet open = rows[0];
    for (std::uint64_t classes = word.classes & classes_[index]; classes != 0;
         classes &= classes - 1) {
      open |= rows[1 + std::countr_zero(classes)];
    }
    for (std::uint64_t marks = word.marks & marks_[index]; marks != 0;
         marks &= marks - 1) {
      open |= rows[65 + std::countr_zero(marks)];
    }
    *rules &= open;
  }
  void AddRule(const RuleGate& gate, std::size_t rule);

  std::vector<RuleSet> rows_;  // kRows of the first 256 rules, and so on
  std::array<std::uint64_t, kSlots> classes_{};  // that any rule needs there
  std::array<std::uint64_t, kSlots> marks_{};
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_RULE_GATE_H_
