// SPDX-License-Identifier: Apache-2.0
//
// Where a regular expression can begin at all, so that it is tried only there
// (`at: word` in the catalogue).
//
//   FindStartPlaces(R"(\b(?:apt|suite) \d+)", true)   // words: apt, suite
//   FindStartPlaces(R"([ (]@[a-z]+)", false)          // mark: '@'
//   FindStartPlaces(R"(\b[0-9a-f]{32}\b)", false)     // long_runs
//   FindStartPlaces(R"(\b[A-Z]+-\d)", false)          // nullopt

#ifndef PHIWIRE_RECOGNIZERS_START_PLACES_H_
#define PHIWIRE_RECOGNIZERS_START_PLACES_H_

#include <optional>
#include <string_view>
#include <vector>

#include "recognizers/first_words.h"

namespace phiwire {

// One of the three.
struct StartPlaces {
  std::vector<FirstWord> words;
  // A match begins with one character that is no word character, and this
  // punctuation mark behind it.
  char mark = '\0';
  // A match begins at a word border and is 16 bytes long or longer, all of
  // which can stand in the runs of engine/long_runs.h.
  bool long_runs = false;
};

// nullopt: anywhere.
std::optional<StartPlaces> FindStartPlaces(std::string_view regex,
                                           bool caseless);

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_START_PLACES_H_
