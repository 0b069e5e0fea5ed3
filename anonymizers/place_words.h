// SPDX-License-Identifier: Apache-2.0
//
// The words in an address or an organisation's name that say what kind of thing
// it is; text cut into words.

#ifndef PHIWIRE_ANONYMIZERS_PLACE_WORDS_H_
#define PHIWIRE_ANONYMIZERS_PLACE_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

namespace phiwire {

// Of plain words.
bool IsStreetKind(std::string_view plain);  // street, ave
bool IsDirection(std::string_view plain);   // n, southwest
bool IsUnit(std::string_view plain);        // apt, suite, po, box
bool IsHeadWord(std::string_view plain);    // hospital, clinic, inc

// Words are runs without blanks and commas; what stands between them is kept.
struct PlaceWord {
  std::string_view between;  // in front of it
  std::string_view text;     // without full stops at its end
  std::string_view dots;     // those
  std::string plain;         // PlainWord of the text
};

struct PlaceWords {
  std::vector<PlaceWord> words;
  std::string_view rest;  // after the last
};

PlaceWords CutPlace(std::string_view surface);

// Lower case, letters and digits only: "St. Mary's" is "stmarys".
std::string PlainWord(std::string_view word);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_PLACE_WORDS_H_
