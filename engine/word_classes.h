// SPDX-License-Identifier: Apache-2.0
//
// Single-word cues: titles, credentials, relations, months, units, head words
// of facilities, labels. Each class is one bit of Token::classes; the words
// come from YAML (rules/), so a site adds its own without a rebuild. At most
// 64 classes; a word may be in several.

#ifndef PHIWIRE_ENGINE_WORD_CLASSES_H_
#define PHIWIRE_ENGINE_WORD_CLASSES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace phiwire {

class WordClasses {
 public:
  WordClasses();
  // The bit of a class, made on first use; kOutOfRange past 64 classes.
  absl::StatusOr<int> AddClass(std::string_view name);
  // word is folded as the tokeniser does (lower case, accents off).
  void AddWord(int bit, std::string_view word);

  // Bit mask of a folded word's hash (HashWord in base/lexicon.h).
  std::uint64_t Find(std::uint32_t hash) const {
    std::size_t slot = hash & mask_;
    while (slots_[slot].bits != 0) {
      if (slots_[slot].hash == hash) return slots_[slot].bits;
      slot = (slot + 1) & mask_;
    }
    return 0;
  }
  // -1 when there is no such class.
  int Bit(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint64_t bits = 0;
  };
  void Grow();
  std::vector<std::string> names_;
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_WORD_CLASSES_H_
