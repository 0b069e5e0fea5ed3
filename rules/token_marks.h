// SPDX-License-Identifier: Apache-2.0
//
// Values of features with few values: what mark stands beside a token, what
// recognizers and labels say of it. The filter looks their weights up in
// tables (rules/scorer.h). Pure functions.

#ifndef PHIWIRE_RULES_TOKEN_MARKS_H_
#define PHIWIRE_RULES_TOKEN_MARKS_H_

#include <cstddef>
#include <cstdint>

#include "rules/document_view.h"

namespace phiwire {

// What stands `offset` tokens away when it is no word: its symbol, a line feed
// or the edge of the text; kNoMark for a word.
inline constexpr std::uint32_t kNoMark = 0;
inline constexpr std::uint32_t kMarkCount = 0x181;
inline constexpr std::uint32_t kEdge = 2;
inline std::uint32_t MarkOf(const Token& t) {
  if (t.kind == TokenKind::kPunct) return 0x100u + t.symbol;
  return t.kind == TokenKind::kNewline ? 3 : kNoMark;
}
inline std::uint32_t MarkAt(const DocumentView& view, std::size_t i,
                            int offset) {
  const auto at = static_cast<std::ptrdiff_t>(i) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.size())) return kEdge;
  return MarkOf(view.token(static_cast<std::size_t>(at)));
}

// In place of a neighbour's case (rules/features_inl.h) at an edge.
inline constexpr std::uint32_t kNoneBeside = 12;

// Type of the best candidate over a token, kNoCover for none.
inline constexpr std::uint32_t kNoCover = kPhiTypeCount;
inline std::uint32_t CoverValue(const DocumentView& view, std::size_t i) {
  if (!view.is_covered(i)) return kNoCover;
  const std::int32_t best = view.covers(i)[0];
  return static_cast<std::uint32_t>(
      view.document().candidates[static_cast<std::size_t>(best)].type);
}

// Type of the label before a token and how many tokens away it is, in one
// number; 0 is none (DocumentView::label_value).
inline constexpr std::uint32_t kLabelCount = 1 + 4 * kPhiTypeCount;
static_assert(kLabelCount <= 256);
inline std::uint32_t LabelValueOf(std::uint8_t type, std::size_t distance) {
  return 1u + type * 4u +
         (distance <= 1   ? 0u
          : distance <= 3 ? 1u
          : distance <= 7 ? 2u
                          : 3u);
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_TOKEN_MARKS_H_
