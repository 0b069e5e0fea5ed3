// SPDX-License-Identifier: Apache-2.0
//
// The words that a regular expression can begin with, so that it is tried only
// where one of them stands (`at: word` in the catalogue).
//
//   FirstWords(R"(\b(?:apt|suite)\.? ?\d+)", true)  // apt, suite
//   FirstWords(R"(\b[A-Z]+-\d+)", false)            // nullopt: too many

#ifndef PHIWIRE_RECOGNIZERS_FIRST_WORDS_H_
#define PHIWIRE_RECOGNIZERS_FIRST_WORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {

struct FirstWord {
  std::string
      folded;  // two words where only one can follow the first: "on the"
  bool lower_case = false;     // it may stand all in lower case
  bool number_behind = false;  // one blank and a digit always follow it
};

// Each is all of the letters that a match begins with, where a character that
// is neither letter nor digit, or nothing, follows them; what goes on with
// digits is left out. nullopt when a match may begin with anything but an ASCII
// letter, go on with a character beyond ASCII, has more than a thousand such
// words, or the regex has syntax unknown to ShapeProgram.
std::optional<std::vector<FirstWord>> FirstWords(std::string_view regex,
                                                 bool caseless);

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_FIRST_WORDS_H_
