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

namespace phiwire {

// What a phrase stands for.
struct PhraseUse {
  enum class Kind : std::uint8_t { kBefore, kAfter, kAnchor };
  Kind kind = Kind::kBefore;
  std::uint32_t target = 0;  // kAnchor: the rule; else the type
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

  // Calls found(Match) for every phrase that begins at token `i`, the longest
  // first.
  template <typename Found>
  void Find(const Document& d, std::size_t i, Found found) const {
    const std::uint32_t hash = d.tokens[i].hash;
    if ((filter_[(hash >> 6) & kFilterMask] >> (hash & 63) & 1) == 0) return;
    const Group* group = FindGroup(hash);
    if (group == nullptr) return;
    // All phrases of the group have their second word at the same token.
    const std::size_t second = group->longer ? NextWord(d, i + 1) : i + 1;
    const std::uint32_t second_hash = HashAt(d, second);
    for (std::uint32_t p = group->begin; p < group->end; ++p) {
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
  };
  struct Group {
    std::uint32_t hash = 0;  // 0: free slot
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool longer = false;  // than one word: one phrase of it, or more
  };
  using Added = std::pair<std::vector<std::uint32_t>, PhraseUse>;
  static constexpr std::size_t kFilterMask = 1023;

  const Group* FindGroup(std::uint32_t hash) const;
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
  std::vector<std::uint64_t> filter_ =
      std::vector<std::uint64_t>(kFilterMask + 1);
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_PHRASE_TABLE_H_
