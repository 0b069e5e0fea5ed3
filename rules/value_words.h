// SPDX-License-Identifier: Apache-2.0
//
// The words of a value that is known (of a roster, a deny list, PID), cut and
// folded as the tokeniser cuts and folds text, so that their hashes are those
// of the tokens. Pure functions; they allocate: for set-up, not for the scan.
//
//   SplitWords("O'Brien-Roe")  // {"o'brien", "roe"}

#ifndef PHIWIRE_RULES_VALUE_WORDS_H_
#define PHIWIRE_RULES_VALUE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/canonical.h"
#include "engine/document.h"

namespace phiwire {

// Folded words. Escapes, typographic quotes, dashes and other forms that
// canonical text does not have are undone first; none when the value is no
// UTF-8.
std::vector<std::string> SplitWords(std::string_view value);

// Appends the hashes of those words (HashWord), without making them. The same
// `canonical` for many values: it remembers their characters.
void AppendWordHashes(std::string_view value, CanonicalText* canonical,
                      std::vector<std::uint32_t>* hashes);

// The next word token after `token` with at most `most` tokens that are none
// between the two; tokens.size() when there is none.
std::size_t NextWordToken(const std::vector<Token>& tokens, std::size_t token,
                          std::size_t most);

// Hash of a sequence of words, from the hash of those before the last. Not 0.
constexpr std::uint32_t JoinHashes(std::uint32_t words, std::uint32_t word) {
  const std::uint32_t h = (words ^ (word * 0x9E3779B1u)) * 16777619u;
  return h == 0 ? 1 : h;
}

inline bool IsWordToken(const Token& t) {
  return t.kind != TokenKind::kPunct && t.kind != TokenKind::kNewline;
}

// A word of the language that is a name as well ("will", "brown").
inline bool IsCommonWord(const Document& d, std::size_t token) {
  return (d.facts(token).lex.flags & (kLexDictionary | kLexStop)) != 0;
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_VALUE_WORDS_H_
