// SPDX-License-Identifier: Apache-2.0

#include "rules/known_values.h"

#include <algorithm>
#include <array>

#include "base/fold.h"
#include "base/lexicon.h"

namespace phiwire {
namespace {

bool IsWord(const Token& t) {
  return t.kind != TokenKind::kPunct && t.kind != TokenKind::kNewline;
}

bool IsWordByte(char c) {
  const auto b = static_cast<unsigned char>(c);
  return b >= 0x80 || (b >= '0' && b <= '9') || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z');
}

// Hashes of the words of a value, cut as the tokeniser cuts text.
void AppendWords(std::string_view value, std::vector<std::uint32_t>* hashes) {
  std::array<char, 128> folded;
  std::size_t i = 0;
  while (i < value.size()) {
    if (!IsWordByte(value[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < value.size() &&
           (IsWordByte(value[end]) ||
            (value[end] == '\'' && end + 1 < value.size() &&
             IsWordByte(value[end + 1])))) {
      ++end;
    }
    const std::size_t n =
        FoldWord(value.substr(i, end - i), std::span(folded));
    hashes->push_back(HashWord(std::string_view(folded.data(), n)));
    i = end;
  }
}

// One word must be telling by itself: "Li" or "7" alone would hide half a
// page.
bool Telling(const KnownValue& value, std::size_t words) {
  if (words == 0) return false;
  if (words > 1) return true;
  return value.value.size() >= (value.type == PhiType::kName ? 2u : 4u);
}

// A known name that is also a word of the language ("will", "brown") is left
// to the evidence when it stands in lower case.
bool MayBeWord(const Token& t) {
  return t.letter_case == Case::kLower && (t.lex.flags & (kLexDictionary | kLexStop)) != 0;
}

}  // namespace

void KnownValueIndex::Build(std::span<const KnownValue> values) {
  entries_.clear();
  hashes_.clear();
  for (const KnownValue& value : values) {
    Entry entry;
    entry.begin = static_cast<std::uint32_t>(hashes_.size());
    AppendWords(value.value, &hashes_);
    entry.end = static_cast<std::uint32_t>(hashes_.size());
    entry.type = value.type;
    if (!Telling(value, entry.end - entry.begin)) {
      hashes_.resize(entry.begin);
      continue;
    }
    entry.first_hash = hashes_[entry.begin];
    entries_.push_back(entry);
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) {
                     return a.first_hash < b.first_hash;
                   });
}

// Tokens from `token` to the last of the value, 0 when it does not stand here.
std::size_t KnownValueIndex::MatchLength(const Document& document,
                                         std::size_t token,
                                         const Entry& entry) const {
  const auto& tokens = document.tokens;
  std::size_t at = token;
  for (std::uint32_t w = entry.begin; w < entry.end; ++w) {
    if (w > entry.begin) {
      const std::size_t from = at;
      while (at < tokens.size() && !IsWord(tokens[at]) && at - from <= 3) ++at;
    }
    if (at >= tokens.size() || !IsWord(tokens[at]) ||
        tokens[at].hash != hashes_[w]) {
      return 0;
    }
    ++at;
  }
  return at - token;
}

void KnownValueIndex::Find(const Document& document,
                           std::vector<KnownMatch>* matches) const {
  if (entries_.empty()) return;
  for (std::size_t i = 0; i < document.tokens.size();) {
    const Token& t = document.tokens[i];
    std::size_t longest = 0;
    PhiType type = PhiType::kName;
    if (IsWord(t)) {
      auto it = std::lower_bound(entries_.begin(), entries_.end(), t.hash,
                                 [](const Entry& e, std::uint32_t hash) {
                                   return e.first_hash < hash;
                                 });
      for (; it != entries_.end() && it->first_hash == t.hash; ++it) {
        const std::size_t length = MatchLength(document, i, *it);
        const bool word = length == 1 && it->type == PhiType::kName && MayBeWord(t);
        if (length > longest && !word) {
          longest = length;
          type = it->type;
        }
      }
    }
    if (longest == 0) {
      ++i;
      continue;
    }
    matches->push_back({static_cast<std::uint32_t>(i),
                        static_cast<std::uint32_t>(i + longest - 1), type});
    i += longest;
  }
}

}  // namespace phiwire
