// SPDX-License-Identifier: Apache-2.0
//
// What was found in short texts that come again and again ("Internet",
// "Glucose", "CT CHEST"), so that the engine, which takes some ten
// microseconds for any text, looks at each once. A text's findings follow from
// the text and from the values known of its record; a text is remembered only
// where no such value stood in it, and what is remembered holds only where
// none does: each time its tokens are held against the values.
//
// One a thread (it belongs to the scratch space). Limits: texts of at most
// kMost bytes; 2,048 of them, about 1 MB; a new one takes an old one's place.

#ifndef PHIWIRE_POLICY_SHORT_TEXTS_H_
#define PHIWIRE_POLICY_SHORT_TEXTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/document.h"
#include "engine/pipeline.h"
#include "phiwire/finding.h"

namespace phiwire {

class ShortTexts {
 public:
  static constexpr std::size_t kMost = 48;

  // Null: not remembered, or a value of `known` stands in it.
  const std::vector<Finding>* Find(std::string_view text, KnownMatchers known);

  // `ran` has just been through the engine with `text` and gave `findings`.
  void Remember(std::string_view text, KnownMatchers known,
                const Pipeline::Scratch& ran,
                const std::vector<Finding>& findings);

 private:
  struct Entry {
    std::uint8_t size = 0;  // 0: free
    std::array<char, kMost> text;
    // Words' numbers end with the engine's memory of words: facts are kept by
    // token.
    std::vector<Token> tokens;
    std::vector<WordFacts> facts;
    std::vector<Finding> findings;
  };
  static constexpr std::size_t kEntries = 2048;

  Entry& At(std::string_view text);
  bool Holds(const Document& document, KnownMatchers known);

  std::vector<Entry> entries_;  // made when the first is remembered
  Document tokens_;             // of an entry, while they are looked through
  std::vector<KnownMatch> matches_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_SHORT_TEXTS_H_
