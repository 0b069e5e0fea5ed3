// SPDX-License-Identifier: Apache-2.0
//
// Folding: the one form in which words are hashed and compared. Lower case,
// accents and typographic apostrophes removed (Jose with an acute accent is
// "jose", Weiss with a sharp s is "weiss"): Latin letters become ASCII, letters
// of other scripts are lower-cased. tools/build_lexicon.py folds the same way
// and generates the table, so the two agree on every word of the lexicon.
//
// Thread-safe: no state. Bytes that are not UTF-8 are copied as they are.
//
//   char buffer[64];
//   std::size_t n = FoldWord(word, buffer);
//   LexEntry e = lexicon.Find(HashWord({buffer, n}), static_cast<uint8_t>(n));

#ifndef PHIWIRE_BASE_FOLD_H_
#define PHIWIRE_BASE_FOLD_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace phiwire {

// Bytes written to `out`. A word that does not fit is cut between letters.
// 2 * word.size() bytes always suffice, word.size() bytes for ASCII.
std::size_t FoldWord(std::string_view word, std::span<char> out);

// The same, allocating: for configuration, not for the scan path.
std::string Folded(std::string_view word);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_FOLD_H_
