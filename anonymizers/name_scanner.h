// SPDX-License-Identifier: Apache-2.0
//
// A written name cut into words and what stands between them; the first half
// of parsing it (person_name.h).

#ifndef PHIWIRE_ANONYMIZERS_NAME_SCANNER_H_
#define PHIWIRE_ANONYMIZERS_NAME_SCANNER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "anonymizers/person_name.h"

namespace phiwire {

struct NameWord {
  std::size_t piece = 0;   // its index in the WrittenName
  std::uint8_t comma = 0;  // how many commas are before it
  std::uint8_t caret = 0;  // how many carets
  bool nickname = false;   // in quotes or parentheses
  std::string_view text;
};

struct NameWords {
  std::array<NameWord, WrittenName::kMaxPieces> word;
  std::size_t count = 0;
};

// Fills name.piece (all words kMiddle) and `words`, both empty before. Letters,
// digits and whatever is not ASCII make words; apostrophes and hyphens join
// them; an "'s" at the end is a literal.
void ScanName(std::string_view surface, WrittenName& name, NameWords& words);

// One letter.
bool IsInitial(std::string_view word);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_NAME_SCANNER_H_
