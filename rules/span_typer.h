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

#include <cstdint>
#include <vector>

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

// Type of token i within its group.
PhiType TokenType(const DocumentView& view, std::size_t i, Group group);

struct TokenSpan {
  std::uint32_t first = 0;  // tokens [first, last]
  std::uint32_t last = 0;
  PhiType type = PhiType::kName;
  float phi = 0;  // of its surest token
  std::uint32_t surest = 0;
  bool proof = false;
};

// decisions: one a token, kNone where nothing was found.
void FormSpans(const DocumentView& view, const std::vector<Decision>& decisions,
               std::vector<TokenSpan>* spans);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SPAN_TYPER_H_
