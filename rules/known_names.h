// SPDX-License-Identifier: Apache-2.0
//
// The names of many people, found in any written form: "John Doe", "Doe,
// John", "DOE^JOHN", "John Q. Doe", "J. Doe", "john doe", and with a slip or
// two of the keyboard. Where both names of one person stand together it is
// proof. A first name or surname alone is proof for few people (at most
// kFewPeople) and evidence for more: the names of 100,000 people are half the
// language.
//
// Filled by Add and Finish, immutable after that, safe from any thread. A
// word that is in no name costs one probe, two when it is capitalised. About
// 150 bytes a person, less the more names are shared.

#ifndef PHIWIRE_RULES_KNOWN_NAMES_H_
#define PHIWIRE_RULES_KNOWN_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document.h"
#include "rules/flat_table.h"

namespace phiwire {

inline constexpr std::size_t kFewPeople = 50;
// For a lone capitalised name that is no common word: e^2 to one.
inline constexpr float kLoneNameEvidence = 2.0f;

class KnownNames {
 public:
  // Parts may be empty and may have several words ("Mary Ann", "van Dyke",
  // "Roe-Poe"); each word of one also counts by itself.
  void Add(std::string_view first, std::string_view middle,
           std::string_view last);
  // After the last Add; `people` decides what a lone name is worth.
  void Finish(std::size_t people);

  // The name that begins at token i, with its evidence; first > last: none.
  KnownMatch Match(const Document& document, std::size_t i) const;
  std::size_t bytes() const;

 private:
  enum Role : std::uint8_t { kFirst = 1, kLast = 2, kPrefix = 4, kLone = 8 };
  struct Part {
    std::uint8_t roles = 0;
    std::uint32_t word = 0;  // index in words_ + 1; 0: of several words
  };
  // A part of a name that stands in the text.
  struct Seen {
    std::uint32_t hash = 0;
    std::uint8_t roles = 0;
    std::size_t last = 0;  // its last token
  };
  class Reader;

  std::uint32_t AddPart(const std::vector<std::string>& words,
                        std::uint8_t role);
  std::vector<std::uint32_t> AddParts(std::string_view name, std::uint8_t role);
  void AddPair(std::uint32_t first, std::uint32_t last);
  std::uint32_t AddWord(const std::string& word, std::uint32_t hash);
  bool HasPair(std::uint32_t first, std::uint32_t last) const;
  std::string_view Word(std::uint32_t id) const;
  // Hashes of the name words that `folded` may be meant for.
  void Similar(std::string_view folded, int most,
               std::vector<std::uint32_t>* hashes) const;

  struct WordEntry {
    std::uint32_t begin = 0;  // in letters_
    std::uint32_t hash = 0;
  };
  struct Variant {
    std::uint32_t hash = 0;
    std::uint32_t word = 0;
  };
  FlatTable<Part> parts_;          // by hash of the part's words
  FlatTable<std::uint8_t> pairs_;  // (first, last) of one person
  std::string letters_;            // all name words, one after the other
  std::vector<WordEntry> words_;
  std::vector<Variant> variants_;       // deletion neighbourhood, by hash
  std::vector<std::uint32_t> buckets_;  // first variant of a hash's top bits
  int shift_ = 31;
  bool few_ = true;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_KNOWN_NAMES_H_
