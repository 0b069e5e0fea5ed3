// SPDX-License-Identifier: Apache-2.0
//
// Sums of weights that depend on one word alone, kept by its number
// (engine/word_memo.h): what a word adds to its own score and to those of the
// words around it. Most tokens cost a load or two instead of dozens of
// look-ups. The sums are those the features give: nothing is approximated.
//
// Belongs to one thread and one set of weights.

#ifndef PHIWIRE_RULES_TOKEN_MEMO_H_
#define PHIWIRE_RULES_TOKEN_MEMO_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/word_memo.h"
#include "rules/features.h"
#include "rules/small_table.h"
#include "rules/weights.h"

namespace phiwire {

// Filter: of a word its own score, then as the word at -2, -1, +1, +2; of a
// sign or line feed, as what stands right before a token and behind it. In
// 1/kWeightScale.
struct ThinSums {
  std::int16_t own = 0;
  std::array<std::int16_t, 4> near{};
  std::int16_t before = 0;
  std::int16_t after = 0;
  bool known = false;
};
static_assert(sizeof(ThinSums) == 16);
using ThinMemo = WordMemo<ThinSums>;

// Words and whole, side by side: own score, then as the word at -3, -2, -1, +1,
// +2, +3.
struct alignas(64) FullSums {
  Rows<2> own{};
  std::array<Rows<2>, 6> near{};
};

// Only words near a token that passed the filter have them: 256 bytes each.
class FullMemo {
 public:
  // Before each text.
  void Start(const WordTable& words) {
    const auto free = [this](std::uint32_t place) {
      if (place != 0) free_.push_back(place);
    };
    if (!places_.Start(words, free)) return;
    sums_.assign(1, FullSums{});
    free_.clear();
    numbers_.clear();
  }
  // nullptr when nothing is known yet. Valid until the next Make.
  const FullSums* Find(std::uint32_t id) const {
    const std::uint32_t place = places_[id];
    return place == 0 ? nullptr : &sums_[place];
  }
  // Asks for what near[d] of the word will need.
  void Prefetch(std::uint32_t id, std::size_t d) const {
    __builtin_prefetch(&sums_[places_[id]].near[d]);
  }
  // compute(&sums) fills a new entry. Of a number only its size counts.
  template <class Compute>
  const FullSums& Make(std::uint32_t id, TokenKind kind,
                       std::string_view surface, Compute compute) {
    std::uint32_t& place = places_[id];
    place =
        free_.empty() ? static_cast<std::uint32_t>(sums_.size()) : free_.back();
    if (kind == TokenKind::kNumber) {
      const auto length = static_cast<std::uint32_t>(
          std::min<std::size_t>(surface.size(), 0xFFFF));
      const auto [known, made] =
          numbers_.emplace(NumberBin(surface) << 16 | length, place);
      place = known->second;
      if (!made) return sums_[place];
    }
    FullSums sums;
    compute(&sums);
    if (place == sums_.size()) {
      sums_.push_back(sums);
    } else {
      free_.pop_back();
      sums_[place] = sums;
    }
    return sums_[place];
  }

 private:
  WordMemo<std::uint32_t> places_;  // in sums_, 0: not known yet
  std::vector<FullSums> sums_;
  std::vector<std::uint32_t> free_;  // places of words that ended
  std::unordered_map<std::uint32_t, std::uint32_t> numbers_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_TOKEN_MEMO_H_
