// SPDX-License-Identifier: Apache-2.0
//
// Words and phrases of the catalogue (labels and anchors), found on tokens:
// one probe by hash a token, and the rest of a phrase compared only when its
// first word stands there. Cheaper than giving single words to Hyperscan
// (DESIGN.md, "What was measured").
//
// Between the words of a phrase may stand white space, up to two of . - / ' , &
// _ and one line end. "#" inside a phrase must be there. Immutable once built;
// thread-safe. As with the lexicon, two words of one hash are taken for each
// other: about one in 10^6 words of text.

#ifndef PHIWIRE_RECOGNIZERS_PHRASE_TABLE_H_
#define PHIWIRE_RECOGNIZERS_PHRASE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/document.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {

// What a phrase stands for.
struct PhraseUse {
  enum class Kind : std::uint8_t { kBefore, kAfter, kAnchor, kShapeStart };
  Kind kind = Kind::kBefore;
  std::uint32_t target = 0;   // kAnchor: the rule; of labels: the type
  CaseMask cases = kAnyCase;  // of the first word, without which it is none
};

class PhraseTable {
 public:
  struct Match {
    std::size_t last = 0;  // token behind the phrase
    std::span<const PhraseUse> uses;
  };

  // False when the phrase has no word in it.
  bool Add(std::string_view phrase, PhraseUse use);
  // To be called once, after the last Add.
  void Build();

  // 0 when no phrase begins with a word of this hash and case; 1 when such
  // phrases may have more words, 2 when they may not, 3 for both. Some words
  // that none begins with are let through. A load and a shift.
  unsigned MayBegin(std::uint32_t hash, bool lower_case) const {
    const std::size_t half = lower_case ? kFilterWords : 0;
    return filter_[half + (hash >> 5) % kFilterWords] >> (2 * (hash & 31)) & 3;
  }
  // 0 when no phrase has these for its first two words, side by side.
  unsigned MayBeginPair(std::uint32_t first, std::uint32_t second) const {
    const std::uint32_t pair = PairOf(first, second);
    return pairs_[(pair >> 6) % kPairWords] >> (pair & 63) & 1;
  }

  static CaseMask BitOf(Case c) {
    return static_cast<CaseMask>(1U << static_cast<unsigned>(c));
  }

  // Calls found(Match) for every phrase that begins at token `i`, the longest
  // first.
  template <typename Found>
  void Find(const Document& d, std::size_t i, Found found) const {
    const std::uint32_t hash = d.tokens[i].hash;
    const Group* group = FindGroup(hash);
    if (group == nullptr) return;
    const CaseMask bit = BitOf(d.tokens[i].letter_case);
    if ((group->cases & bit) == 0) return;
    std::uint32_t p = group->singles;
    std::size_t second = 0;
    std::uint32_t second_hash = 0;
    if (group->longer) {
      // All phrases of the group have their second word at the same token.
      second = NextWord(d, i + 1);
      second_hash = HashAt(d, second);
      if ((group->seconds >> (second_hash & 63) & 1) != 0) p = group->begin;
    }
    for (; p < group->end; ++p) {
      if ((phrases_[p].cases & bit) == 0) continue;
      std::size_t last = i + 1;
      if (phrases_[p].rest_count != 0) {
        if (rest_[phrases_[p].rest_begin] != second_hash) continue;
        last = MatchRest(d, second + 1, phrases_[p]);
        if (last == 0) continue;
      }
      found(Match{last, std::span(uses_).subspan(phrases_[p].uses_begin,
                                                 phrases_[p].uses_count)});
    }
  }

 private:
  struct Phrase {
    std::uint32_t rest_begin = 0;
    std::uint32_t rest_count = 0;
    std::uint32_t uses_begin = 0;
    std::uint32_t uses_count = 0;
    CaseMask cases = 0;  // of all its uses, as below
  };
  struct Group {
    std::uint32_t hash = 0;  // 0: free slot
    std::uint32_t begin = 0;
    std::uint32_t singles = 0;  // where phrases of one word begin
    std::uint32_t end = 0;
    bool longer = false;  // than one word: one phrase of it, or more
    CaseMask cases = 0;
    std::uint64_t seconds = 0;  // a bit a second word, by its hash
  };
  using Added = std::pair<std::vector<std::uint32_t>, PhraseUse>;
  static constexpr std::size_t kFilterWords = 1024;
  static constexpr std::size_t kPairWords = 512;
  static std::uint32_t PairOf(std::uint32_t first, std::uint32_t second) {
    return (first * 0x9E3779B1u ^ second) * 0x85EBCA6Bu >> 16;
  }

  const Group* FindGroup(std::uint32_t hash) const {
    for (std::size_t slot = hash & mask_; groups_[slot].hash != 0;
         slot = (slot + 1) & mask_) {
      if (groups_[slot].hash == hash) return &groups_[slot];
    }
    return nullptr;
  }
  void AddToFilters(std::uint32_t first, const Phrase& phrase);
  // The first token from `i` on that may not stand between a phrase's words.
  static std::size_t NextWord(const Document& d, std::size_t i);
  // As it stands in rest_; 0 when no phrase has it.
  static std::uint32_t HashAt(const Document& d, std::size_t i);
  // Token behind the phrase, 0 when it does not stand there. Its first two
  // words stand before token i.
  std::size_t MatchRest(const Document& d, std::size_t i,
                        const Phrase& phrase) const;
  void BuildGroups();

  std::vector<Added> added_;
  std::vector<std::uint32_t> first_;  // hash of the first word, a phrase each
  std::vector<std::uint32_t> rest_;
  std::vector<Phrase> phrases_;
  std::vector<PhraseUse> uses_;
  std::vector<Group> groups_;
  std::size_t mask_ = 0;
  // Two bits a hash (more words, one word); of words with capitals, then of
  // words in lower case.
  std::vector<std::uint64_t> filter_ =
      std::vector<std::uint64_t>(2 * kFilterWords);
  std::vector<std::uint64_t> pairs_ = std::vector<std::uint64_t>(kPairWords);
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_PHRASE_TABLE_H_
