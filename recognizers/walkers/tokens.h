// SPDX-License-Identifier: Apache-2.0
//
// What every token walker asks: is this a capitalised word, which function
// word or generic word is it, where does a run of name words begin and end.
// Nothing here allocates; all is bounded by kMaxRun tokens.

#ifndef PHIWIRE_RECOGNIZERS_WALKERS_TOKENS_H_
#define PHIWIRE_RECOGNIZERS_WALKERS_TOKENS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/computed.h"
#include "base/lexicon.h"
#include "engine/document.h"

namespace phiwire {

// Tokens that a walker looks at in one direction, punctuation included.
inline constexpr std::size_t kMaxRun = 16;

// A hash table of word hashes in buckets of four, built at compile time and
// asked without a branch. Words have no hash 0.
template <std::size_t N>
class WordSet {
 public:
  consteval explicit WordSet(const std::string_view (&words)[N]) {
    for (const std::string_view word : words) {
      const std::uint32_t hash = HashWord(word);
      std::uint32_t* const bucket = &slots_[hash % kBuckets * kBucket];
      std::size_t k = 0;
      // A full bucket, or a word that stands there twice, doesn't compile.
      while (bucket[k] != 0)
        k = bucket[k] == hash || k + 1 == kBucket ? 99 : k + 1;
      bucket[k] = hash;
    }
  }
  constexpr bool Has(std::uint32_t hash) const {
    const std::uint32_t* const bucket = &slots_[hash % kBuckets * kBucket];
    const bool among = (bucket[0] == hash) | (bucket[1] == hash) |
                       (bucket[2] == hash) | (bucket[3] == hash);
    return among & (hash != 0);
  }

 private:
  static constexpr std::size_t kBucket = 4;
  static constexpr std::size_t kBuckets = std::bit_ceil(2 * N);
  std::uint32_t slots_[kBuckets * kBucket] = {};
};
template <std::size_t N>
WordSet(const std::string_view (&)[N]) -> WordSet<N>;

bool IsFunctionWord(std::uint32_t hash);  // the, of, with, lives, transferred
bool IsGenericWord(std::uint32_t hash);   // medical, local, same, county
bool IsTitleWord(std::uint32_t hash);     // dr, mr, nurse
bool IsCredential(std::uint32_t hash);    // md, rn, phd
bool IsUnitWord(std::uint32_t hash);      // mg, days, weeks

inline bool IsWord(const Token& t) { return t.kind == TokenKind::kWord; }
inline bool IsNumber(const Token& t) { return t.kind == TokenKind::kNumber; }
inline bool IsMixed(const Token& t) { return t.kind == TokenKind::kMixed; }
inline bool IsSymbol(const Token& t, char c) {
  return t.kind == TokenKind::kPunct &&
         t.symbol == static_cast<std::uint8_t>(c);
}
inline bool IsNewline(const Token& t) { return t.kind == TokenKind::kNewline; }
inline std::size_t Length(const Token& t) { return t.end - t.begin; }
// A folded word in the source, hashed when it is compiled.
struct WordHash {
  consteval WordHash(const char* word) : value(HashWord(word)) {}
  std::uint32_t value;
};
inline bool IsHash(const Token& t, WordHash word) {
  return t.hash == word.value;
}

inline std::string_view Surface(const Document& d, const Token& t) {
  return d.text.substr(t.begin, t.end - t.begin);
}

// A word that begins with a capital letter: Doe, DOE, J, McDonald; not pH.
inline bool IsCapitalised(const Document& d, const Token& t) {
  constexpr auto bit = [](Case c) { return 1U << static_cast<unsigned>(c); };
  constexpr unsigned kCapitals =
      bit(Case::kTitle) | bit(Case::kUpper) | bit(Case::kInitial);
  const auto is = [&](unsigned cases) {
    const bool among = (cases >> static_cast<unsigned>(t.letter_case) & 1) != 0;
    return Computed(among & IsWord(t)) != 0;
  };
  if (is(kCapitals)) return true;
  if (!is(bit(Case::kMixed))) return false;
  const auto c = static_cast<unsigned char>(d.text[t.begin]);
  return c >= 0x80 || (c >= 'A' && c <= 'Z');
}

// A capitalised word that may stand in a name: no function word, and no word
// that only ever introduces one.
inline bool IsNameWord(const Document& d, const Token& t) {
  if (!IsCapitalised(d, t)) return false;
  // "A." is an initial, "A" an article.
  const bool stop = t.end < d.text.size() && d.text[t.end] == '.';
  if (t.letter_case == Case::kInitial && stop) return true;
  return !IsFunctionWord(t.hash);
}

// Tokens directly side by side, no white space between them.
inline bool Joined(const Token& left, const Token& right) {
  return left.end == right.begin;
}

// The first token that begins at or after byte `at`.
std::size_t TokenAt(const Document& d, std::uint32_t at);
// The same, sought around token `near`, in steps that double: in a long text a
// search through all tokens waits for memory.
std::size_t TokenAt(const Document& d, std::uint32_t at, std::size_t near);

// A run of name words to the left of token `end` (not included): capitalised
// words, joined by hyphens, apostrophes and full stops of initials, and, when
// connectors are allowed, by & / and / of / de. Returns the first token of it;
// `end` when there is none. At most max_words words; never over a line end.
struct RunOptions {
  std::size_t max_words = 4;
  bool connectors = false;  // & and of the
  bool digits = false;      // 3rd, 42 inside the run
};
std::size_t RunLeft(const Document& d, std::size_t end,
                    const RunOptions& options);
// The same to the right from token `begin`; returns the token behind it.
std::size_t RunRight(const Document& d, std::size_t begin,
                     const RunOptions& options);

// Behind a label: blanks, ":", "#", "=", quotes, brackets, "no", "number",
// "is" and at most one line end. `explicit_sign` when a sign or "number" was
// among them.
struct ValueStart {
  std::size_t token = 0;
  bool found = false;
  bool explicit_sign = false;
  bool line_break = false;
};
ValueStart SkipConnectors(const Document& d, std::size_t token);

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_WALKERS_TOKENS_H_
