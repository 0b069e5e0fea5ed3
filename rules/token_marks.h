// SPDX-License-Identifier: Apache-2.0
//
// Values of features with few values: what mark stands beside a token, what
// recognizers and labels say of it. The filter looks their weights up in
// tables (rules/scorer.h). Pure functions.

#ifndef PHIWIRE_RULES_TOKEN_MARKS_H_
#define PHIWIRE_RULES_TOKEN_MARKS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "rules/document_view.h"

namespace phiwire {

// What stands `offset` tokens away when it is no word: its symbol, a line feed
// or the edge of the text; kNoMark for a word.
inline constexpr std::uint32_t kNoMark = 0;
inline constexpr std::uint32_t kMarkCount = 0x181;
inline constexpr std::uint32_t kEdge = 2;
// What no sign is has no symbol, so this needs no branch.
inline std::uint32_t MarkOf(const Token& t) {
  constexpr std::uint32_t kBases[] = {kNoMark, kNoMark, kNoMark, 0x100, 3};
  static_assert(static_cast<int>(TokenKind::kPunct) == 3 &&
                static_cast<int>(TokenKind::kNewline) == 4);
  return kBases[static_cast<std::size_t>(t.kind)] + t.symbol;
}
inline std::uint32_t MarkAt(const DocumentView& view, std::size_t i,
                            int offset) {
  const auto at = static_cast<std::ptrdiff_t>(i) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.size())) return kEdge;
  return MarkOf(view.token(static_cast<std::size_t>(at)));
}

// In place of a neighbour's case (rules/features_inl.h) at an edge.
inline constexpr std::uint32_t kNoneBeside = 12;

// In place of how a word is used in the document, of what is none.
inline constexpr std::uint32_t kNotSeen = 4 * 6;

// Type of the best candidate over a token, kNoCover for none.
inline constexpr std::uint32_t kNoCover = kPhiTypeCount;
inline std::uint32_t CoverValue(const DocumentView& view, std::size_t i) {
  return view.best_cover(i).type;
}

// Type of the label before a token and how many tokens away it is, in one
// number; 0 is none (DocumentView::label_value).
inline constexpr std::uint32_t kLabelCount = 1 + 4 * kPhiTypeCount;
static_assert(kLabelCount <= 256);
inline std::uint32_t LabelValueOf(std::uint8_t type, std::size_t distance) {
  return 1u + type * 4u + static_cast<std::uint32_t>(distance > 1) +
         static_cast<std::uint32_t>(distance > 3) +
         static_cast<std::uint32_t>(distance > 7);
}
// What such a number says: the type, 0xFF for none, and from how few to how
// many tokens away its label is.
struct LabelValue {
  std::uint8_t type = 0xFF;
  std::uint32_t least = 0;
  std::uint32_t most = 0;
};
inline LabelValue LabelOf(std::uint32_t value) {
  constexpr std::array<std::uint32_t, 5> kLeast = {0, 2, 4, 8, 0x10000};
  if (value == 0) return {};
  const std::size_t step = (value - 1) % 4;
  return {static_cast<std::uint8_t>((value - 1) / 4), kLeast[step],
          kLeast[step + 1] - 1};
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_TOKEN_MARKS_H_
