// SPDX-License-Identifier: Apache-2.0

#include "rules/value_words.h"

#include <array>

#include "base/fold.h"
#include "base/lexicon.h"
#include "engine/canonical.h"
#include "engine/canonical_plain.h"

namespace phiwire {
namespace {

bool IsWordByte(char c) {
  const auto b = static_cast<unsigned char>(c);
  return b >= 0x80 || (b >= '0' && b <= '9') ||
         ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
}

// The tokeniser leaves a final 's outside the word.
bool ApostropheInside(std::string_view text, std::size_t i) {
  if (text[i] != '\'' || i + 1 >= text.size() || !IsWordByte(text[i + 1])) {
    return false;
  }
  if ((text[i + 1] | 0x20) != 's') return true;
  return i + 2 < text.size() && IsWordByte(text[i + 2]);
}

// Calls visit(std::string_view) for each word of canonical text.
template <class Visit>
void Split(std::string_view text, Visit visit) {
  for (std::size_t i = 0; i < text.size();) {
    if (!IsWordByte(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() &&
           (IsWordByte(text[end]) || ApostropheInside(text, end))) {
      ++end;
    }
    visit(text.substr(i, end - i));
    i = end;
  }
}

template <class Visit>
void SplitAny(std::string_view value, CanonicalText* canonical, Visit visit) {
  if (IsPlainText(value)) return Split(value, visit);
  if (canonical->Assign(value).ok()) Split(canonical->text(), visit);
}

std::uint32_t HashFolded(std::string_view word) {
  std::array<char, 64> buffer;
  if (2 * word.size() > buffer.size()) return HashWord(Folded(word));
  const std::size_t size = FoldWord(word, buffer);
  return HashWord({buffer.data(), size});
}

}  // namespace

std::vector<std::string> SplitWords(std::string_view value) {
  std::vector<std::string> words;
  CanonicalText canonical;
  SplitAny(value, &canonical,
           [&](std::string_view word) { words.push_back(Folded(word)); });
  return words;
}

void AppendWordHashes(std::string_view value, CanonicalText* canonical,
                      std::vector<std::uint32_t>* hashes) {
  SplitAny(value, canonical,
           [&](std::string_view word) { hashes->push_back(HashFolded(word)); });
}

std::size_t NextWordToken(const std::vector<Token>& tokens, std::size_t token,
                          std::size_t most) {
  std::size_t at = token + 1;
  while (at < tokens.size() && !IsWordToken(tokens[at])) {
    if (at - token > most) return tokens.size();
    ++at;
  }
  return at;
}

}  // namespace phiwire
