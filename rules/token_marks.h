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
inline std::uint32_t MarkAt(const DocumentView& view, std::size_t i,
                            int offset) {
  const auto at = static_cast<std::ptrdiff_t>(i) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.size())) return 2;
  const Token& t = view.token(static_cast<std::size_t>(at));
  if (t.kind == TokenKind::kPunct) return 0x100u + t.symbol;
  return t.kind == TokenKind::kNewline ? 3 : kNoMark;
}

// In place of a neighbour's case (rules/features_inl.h) at an edge.
inline constexpr std::uint32_t kNoneBeside = 12;

// Type of the best candidate over a token, kNoCover for none.
inline constexpr std::uint32_t kNoCover = kPhiTypeCount;
inline std::uint32_t CoverValue(const DocumentView& view, std::size_t i) {
  const std::int32_t best = view.view(i).covers[0];
  if (best < 0) return kNoCover;
  return static_cast<std::uint32_t>(
      view.document().candidates[static_cast<std::size_t>(best)].type);
}

inline constexpr std::uint32_t kLabelCount = 1 + 4 * kPhiTypeCount;
// Type of the label before a token and how far it is, 0 for none.
inline std::uint32_t LabelValue(const DocumentView& view, std::size_t i) {
  const TokenView& v = view.view(i);
  if (v.context_type == 0xFF) return 0;
  const std::uint32_t d = v.context_distance;
  return 1u + v.context_type * 4u +
         (d <= 1   ? 0u
          : d <= 3 ? 1u
          : d <= 7 ? 2u
                   : 3u);
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_TOKEN_MARKS_H_
