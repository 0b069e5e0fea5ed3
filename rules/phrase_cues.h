// SPDX-License-Identifier: Apache-2.0
//
// Phrases of several words that announce an identifier ("transferred from",
// "d/w", "medical record number"), from context/phrases.yaml and a site's
// folders. They are matched on token hashes, the longest first; a phrase may
// run over the end of a line. Only words near the tokens asked for are looked
// at, and most of those cost one test of a bit.
//
// Immutable once loaded; Match is safe from any thread.
//
//   PHIWIRE_ASSIGN_OR_RETURN(PhraseCues cues, PhraseCues::Load(folders));
//   cues.Match(tokens, &hits);

#ifndef PHIWIRE_RULES_PHRASE_CUES_H_
#define PHIWIRE_RULES_PHRASE_CUES_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/yaml.h"
#include "engine/document.h"
#include "rules/rule_condition.h"

namespace phiwire {

// The groups of phrases.yaml: what a phrase announces.
inline constexpr std::array<std::string_view, kPhraseGroupCount>
    kPhraseGroupNames = {"before_name",     "before_date",  "before_facility",
                         "before_employer", "before_place", "before_id"};

struct PhraseHit {
  std::uint32_t first = 0;  // tokens [first, last]
  std::uint32_t last = 0;
  std::uint8_t groups = 0;  // bit per group: a phrase may be in several
};

class PhraseCues {
 public:
  // Each folder's phrases.yaml, in order; later ones add. A folder without
  // the file is fine, but the first must have it.
  static absl::StatusOr<PhraseCues> Load(std::span<const std::string> folders);

  // Disjoint hits in order; *hits is overwritten.
  void Match(std::span<const Token> tokens, std::vector<PhraseHit>* hits) const;
  // Adds those of Match that end at `from` or behind it and begin before `to`,
  // and perhaps some before. Calls go forwards: *done is 0 at first, then what
  // the last one left there. In all linear in the tokens.
  void MatchNear(std::span<const Token> tokens, std::size_t from,
                 std::size_t to, std::size_t* done,
                 std::vector<PhraseHit>* hits) const;
  std::size_t size() const { return phrases_.size(); }

 private:
  struct Phrase {
    std::vector<std::uint32_t> keys;  // of words and punctuation
    std::uint8_t groups = 0;
  };
  struct Slot {
    std::uint32_t pair = 0;   // hash of the first two keys, 0: empty
    std::uint32_t first = 0;  // phrases_[first, first + count)
    std::uint32_t count = 0;
  };
  static constexpr std::size_t kFilterBits = 8192;  // 1 KB stays in cache

  static absl::Status Read(const YamlNode& root, std::vector<Phrase>* phrases);
  void Index(std::vector<Phrase> phrases);
  // Whether the token may stand in a phrase.
  bool MayBelong(const Token& token) const;
  // Adds the hits that begin in [at, to); where to go on.
  std::size_t MatchFrom(std::span<const Token> tokens, std::size_t at,
                        std::size_t to, std::vector<PhraseHit>* hits) const;
  const Slot* Find(std::uint32_t pair) const;
  const Phrase* Longest(std::span<const Token> tokens, std::size_t at,
                        std::size_t* last) const;

  std::bitset<kFilterBits> filter_;   // by the first key
  std::bitset<kFilterBits> members_;  // by any key
  std::vector<Phrase> phrases_;       // by pair, longest first
  std::vector<Slot> slots_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_PHRASE_CUES_H_
