// SPDX-License-Identifier: Apache-2.0
//
// Stage 6: from decided tokens to findings. Precedence, in this order:
//   1. a known value or a proof (check digit under its label) beats evidence;
//   2. a token belongs to one group only, the likeliest; so findings never
//      overlap;
//   3. neighbouring tokens of one group join when nothing but what holds such
//      values together stands between them (a space in a name, a slash in a
//      date), or one candidate covers both;
//   4. the type inside a group is that of the best candidate over the tokens,
//      then of the label before them, then the group's own.

#ifndef PHIWIRE_RULES_SPAN_TYPER_H_
#define PHIWIRE_RULES_SPAN_TYPER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ask_ahead.h"
#include "rules/document_view.h"
#include "rules/groups.h"

namespace phiwire {

// What was decided of one token.
struct Decision {
  Group group = Group::kNone;
  PhiType type = PhiType::kName;
  float phi = 0;  // P(PHI)
  bool proof = false;
};

// What was decided of a document's tokens. Made for few of many: it costs a bit
// a token, and what is decided. Reused from document to document.
class Decisions {
 public:
  // Nothing decided of any token.
  void Reset(std::size_t tokens) {
    if (decisions_.size() < tokens) decisions_.resize(tokens);
    decided_.assign((tokens + 63) / 64, 0);
  }
  // A decision for Group::kNone is none.
  void Set(std::size_t i, const Decision& decision) {
    const std::uint64_t bit = std::uint64_t{1} << i % 64;
    std::uint64_t& bits = decided_[i / 64];
    bits = decision.group == Group::kNone ? bits & ~bit : bits | bit;
    AskAheadToWrite(&decisions_[i], kAhead);
    decisions_[i] = decision;
  }
  bool Has(std::size_t i) const {
    return (decided_[i / 64] >> i % 64 & 1) != 0;
  }
  Group group(std::size_t i) const {
    return Has(i) ? decisions_[i].group : Group::kNone;
  }
  // Of a token that Has one.
  const Decision& operator[](std::size_t i) const { return decisions_[i]; }
  // visit(token), ascending.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (std::size_t w = 0; w < decided_.size(); ++w) {
      for (std::uint64_t bits = decided_[w]; bits != 0; bits &= bits - 1) {
        visit(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

 private:
  static constexpr std::size_t kAhead = 64;
  std::vector<Decision> decisions_;     // old ones where the bit is not set
  std::vector<std::uint64_t> decided_;  // a bit a token
};

// Type of token i within its group.
PhiType TokenType(const DocumentView& view, std::size_t i, Group group);

// The group's own type at token i, when nothing there says which.
inline PhiType DefaultType(const DocumentView& view, std::size_t i,
                           Group group) {
  const Token& t = view.token(i);
  switch (group) {
    case Group::kDate:
      return PhiType::kDate;
    case Group::kPlace:
      if (t.kind == TokenKind::kNumber && t.end - t.begin >= 4) {
        return PhiType::kZip;
      }
      return view.facts(i).lex.city != 0 ||
                     (view.facts(i).lex.flags & kLexWorldCity) != 0
                 ? PhiType::kCity
                 : PhiType::kLocation;
    case Group::kStreet:
      return PhiType::kStreet;
    case Group::kOrg:
      return PhiType::kFacility;
    case Group::kNumber:
      return PhiType::kId;
    case Group::kContact:
      return t.kind == TokenKind::kNumber ? PhiType::kPhone : PhiType::kEmail;
    default:
      return PhiType::kName;
  }
}

// Whether it matters to a span of the group which type each token has. Where
// not, FormSpans asks for the type of the whole, and the default will do for
// its tokens.
constexpr bool TypesPart(Group group) {
  return group == Group::kDate || group == Group::kPlace;
}

struct TokenSpan {
  std::uint32_t first = 0;  // tokens [first, last]
  std::uint32_t last = 0;
  PhiType type = PhiType::kName;
  float phi = 0;  // of its surest token
  std::uint32_t surest = 0;
  bool proof = false;
};

void FormSpans(const DocumentView& view, const Decisions& decisions,
               std::vector<TokenSpan>* spans);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SPAN_TYPER_H_
