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

// The words of one line, kMaxRuleOffset empty places at either end; reused.
struct LineWords {
  std::vector<std::int32_t> tokens;
  std::vector<std::uint64_t> classes;
  std::vector<std::uint64_t> marks;  // bits of the rules' own words
  std::vector<std::uint16_t> traits;

  // Words of the line, at places [kMaxRuleOffset, kMaxRuleOffset + size()).
  void Gather(const DocumentView& view, const Line& line,
              const WordClasses& rule_words);
  std::size_t size() const { return tokens.size() - 2 * kMaxRuleOffset; }
};

// Of the word at `place`.
std::uint64_t SituationOf(const DocumentView& view, const LineWords& words,
                          std::size_t place);

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

  // The part that the table leaves. classes, marks: at index 0 the word.
  bool Open(unsigned active_phrases, const std::uint64_t* word_classes,
            const std::uint64_t* word_marks) const {
    if (phrases != 0 && (phrases & active_phrases) == 0) return false;
    if (span == 0) return true;
    for (int k = slot; k < slot + span; ++k) {
      if (((word_classes[k] & classes) | (word_marks[k] & marks)) != 0) {
        return true;
      }
    }
    return false;
  }
};

// All gates at once: a set of rules for every value of each byte of the
// situation, and for each kind and case of the word; their intersection holds
// the rules whose `care` and `want` agree. Linear in rules / 64.
class GateTable {
 public:
  void Build(std::span<const RuleGate> gates);

  // Calls visit(rule) in ascending order.
  template <class Visit>
  void ForEach(const Token& token, std::uint64_t situation, Visit visit) const {
    std::array<const std::uint64_t*, kBytes + 1> rows;
    for (std::size_t b = 0; b < kBytes; ++b) {
      rows[b] = Row(b * 256 + (situation >> (8 * b) & 0xFF));
    }
    rows[kBytes] = Row(OwnRow(token.kind, token.letter_case));
    for (std::size_t w = 0; w < width_; ++w) {
      std::uint64_t bits = rows[kBytes][w];
      for (std::size_t b = 0; b < kBytes; ++b) bits &= rows[b][w];
      for (; bits != 0; bits &= bits - 1) {
        visit(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

 private:
  static constexpr std::size_t kBytes = 8;
  static constexpr std::size_t kKinds = 3, kCases = 6;
  static std::size_t OwnRow(TokenKind kind, Case letter_case) {
    return kBytes * 256 + static_cast<std::size_t>(kind) * kCases +
           static_cast<std::size_t>(letter_case);
  }
  const std::uint64_t* Row(std::size_t row) const {
    return bits_.data() + row * width_;
  }

  std::size_t width_ = 0;  // words of 64 rules
  std::vector<std::uint64_t> bits_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_RULE_GATE_H_
