// SPDX-License-Identifier: Apache-2.0
//
// Numbers in English words, as dates and ages are dictated. Pure functions.
//
//   ReadNumberWords("ninety-three years")       93, 12 bytes
//   ReadNumberWords("the sixth")                none: it begins with a word
//   ReadNumberWords("twenty first of May")      21, ordinal, 12 bytes
//   ReadNumberWords("nineteen thirty one")      1931
//   YearInWords(2019, '-')                      "two thousand nineteen"

#ifndef PHIWIRE_ANONYMIZERS_NUMBER_WORDS_H_
#define PHIWIRE_ANONYMIZERS_NUMBER_WORDS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace phiwire {

struct NumberWords {
  int value = 0;  // 0 to 9999
  std::size_t size = 0;
  bool ordinal = false;  // "first", not "one"
};

// The longest number that begins `text`, any case; its words stand apart by a
// hyphen, white space or " and ", and whole words only are taken.
std::optional<NumberWords> ReadNumberWords(std::string_view text);

// 1 to 31: "first" to "thirty-first", with `joint` for the hyphen.
std::string OrdinalInWords(int number, char joint);

// 1 to 99 plainly, 1000 to 9999 as years are spoken: 2000 to 2009 and those of
// a century's begin "two thousand nine", others "nineteen thirty-one".
std::string YearInWords(int year, char joint);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_NUMBER_WORDS_H_
