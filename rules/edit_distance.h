// SPDX-License-Identifier: Apache-2.0
//
// Words that are one or two slips of the keyboard apart: a letter too few, too
// many, changed, or two neighbours swapped (optimal string alignment, the
// usual restriction of Damerau-Levenshtein). Bytes, not code points: words are
// folded first, so Latin ones are ASCII. Pure functions.
//
// Deletion neighbourhoods (SymSpell): two words within distance k share a word
// that both become by deleting at most k letters.

#ifndef PHIWIRE_RULES_EDIT_DISTANCE_H_
#define PHIWIRE_RULES_EDIT_DISTANCE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace phiwire {

// Longer words are never within any distance.
inline constexpr std::size_t kMaxEditWord = 32;

// Whether a and b are within `most` (0 to 2) slips.
bool WithinEdits(std::string_view a, std::string_view b, int most);

// Slips a name of that many letters may have: short names differ by one
// letter too often ("Hall", "Hill").
constexpr int EditsAllowed(std::size_t letters) {
  return letters >= 8 ? 2 : letters >= 5 ? 1 : 0;
}

// Appends the HashWord of word and of all it becomes by deleting up to `most`
// bytes; each once, sorted.
void DeletionHashes(std::string_view word, int most,
                    std::vector<std::uint32_t>* hashes);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_EDIT_DISTANCE_H_
