// SPDX-License-Identifier: Apache-2.0
//
// Sums of weights that depend on one token alone, remembered from token to
// token and text to text: what a word adds to its own score and to those of
// the words around it. Frequent words are most of any text, and of a number
// only its size counts, so most tokens cost a load instead of dozens of
// look-ups. The sums are those the features give: nothing is approximated.
//
// Direct-mapped; belongs to one thread.

#ifndef PHIWIRE_RULES_TOKEN_MEMO_H_
#define PHIWIRE_RULES_TOKEN_MEMO_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/document.h"
#include "rules/document_view.h"
#include "rules/features.h"
#include "rules/weights.h"

namespace phiwire {

// Of all that the features of a token alone look at: its fold, length, case and
// kind; a number's size instead of its fold; the shape of what mixes cases, or
// letters with digits.
inline std::uint64_t MemoKey(const Token& t, std::string_view surface) {
  std::uint32_t hash = t.hash;
  if (t.kind == TokenKind::kNumber) {
    hash = NumberBin(surface);
  } else if (t.kind == TokenKind::kMixed || t.letter_case == Case::kMixed) {
    hash = MixValues(hash, ShapeHash(surface));
  }
  return (std::uint64_t{hash} << 24) |
         (std::uint64_t{t.end - t.begin} << 8 & 0xFFFF00) |
         (static_cast<std::uint64_t>(t.letter_case) << 4) |
         static_cast<std::uint64_t>(t.kind) | 8u;
}

// Filter: own score, then as the word at -2, -1, +1, +2.
struct ThinSums {
  float own = 0;
  std::array<float, 4> near{};
};

// Words and whole: own score, then as the word at -3, -2, -1, +1, +2, +3.
struct FullSums {
  WeightTable::Row own{};
  std::array<WeightTable::Row, 6> near{};
};

template <class Sums, std::size_t kSlots>
class TokenMemo {
 public:
  TokenMemo() : entries_(kSlots) {}
  // compute(&sums) fills a new entry.
  template <class Compute>
  const Sums& Get(const Token& t, std::string_view surface, Compute compute) {
    const std::uint64_t key = MemoKey(t, surface);
    Entry& entry = entries_[(key * 0x9E3779B97F4A7C15ull >> 40) % kSlots];
    if (entry.key != key) {
      entry.sums = Sums{};
      compute(&entry.sums);
      entry.key = key;
    }
    return entry.sums;
  }

 private:
  struct Entry {
    std::uint64_t key = 0;  // no token has 0
    Sums sums;
  };
  std::vector<Entry> entries_;
};

using ThinMemo = TokenMemo<ThinSums, 16384>;
using FullMemo = TokenMemo<FullSums, 16384>;

}  // namespace phiwire

#endif  // PHIWIRE_RULES_TOKEN_MEMO_H_
