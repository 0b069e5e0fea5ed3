// SPDX-License-Identifier: Apache-2.0
//
// Identifiers and numbers of many people, compared by their letters and
// digits alone: 123-45-6789, 123 45 6789 and 123456789 are one, AB-12/345 is
// ab12345, and leading zeros of an identifier don't count. A value of fewer
// than five characters or three digits is not looked for: it would hide every
// year and dose.
//
// Filled by Add, immutable after that, safe from any thread. 9 bytes a slot,
// two to four slots a value.

#ifndef PHIWIRE_RULES_KNOWN_NUMBERS_H_
#define PHIWIRE_RULES_KNOWN_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/document.h"
#include "rules/flat_table.h"

namespace phiwire {

class KnownNumbers {
 public:
  // False when the value has too little to be looked for.
  bool Add(std::string_view value, PhiType type);
  // The longest that begins at token i; first > last: none.
  KnownMatch Match(const Document& document, std::size_t i) const;
  std::size_t bytes() const { return values_.bytes(); }

 private:
  void Put(std::string_view normal, PhiType type);
  void PutBare(std::string_view normal, std::size_t digits, PhiType type);

  FlatTable<std::uint8_t> values_;  // hash of the normal form -> type
  std::uint64_t lengths_ = 0;       // bit n: one has n characters
  bool letter_first_ = false;       // one begins with a letter
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_KNOWN_NUMBERS_H_
