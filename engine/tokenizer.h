// SPDX-License-Identifier: Apache-2.0
//
// Stage 3: one pass over the text; every word is looked up once in the lexicon
// and once among the word classes, by the same hash.
//
// A word is a run of letters and digits (as Unicode has them, so that a token
// is never smaller than what a reader takes for one), with apostrophes between
// letters inside it: O'Brien, don't. A final 's is left outside: "Foley's" is
// Foley, ', s. Every other character that is not white space is a token of its
// own, and so is a line feed. Linear in the text; no allocation once `tokens`
// has grown.
//
//   WordCache words(lexicon, classes);  // one a thread
//   Tokenize("Dr. O'Brien's", &words, &tokens);
//   // Dr | . | O'Brien | ' | s

#ifndef PHIWIRE_ENGINE_TOKENIZER_H_
#define PHIWIRE_ENGINE_TOKENIZER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/lexicon.h"
#include "engine/document.h"
#include "engine/word_classes.h"

namespace phiwire {

// Words looked up lately with what was found. The lexicon's 16 MB are read at
// random; the few thousand words that make up most of any text fit the second
// level cache here. Words of up to eight ASCII letters and digits, nine in ten,
// are found by their bytes, the others by their hashes. Belongs to one thread,
// and what it holds is of that thread's texts; lexicon and classes must outlive
// it and not change.
class WordCache {
 public:
  WordCache(const Lexicon& lexicon, const WordClasses& classes);

  // Sets the token's classes and lex from its hash and the folded word's
  // length. False when the word is not here: then Defer it.
  bool Find(std::uint8_t length, Token* token) const {
    const Entry& entry = entries_[token->hash % kEntries];
    if (entry.hash != token->hash || entry.key != length) return false;
    token->classes = entry.classes;
    token->lex = entry.lex;
    return true;
  }
  // The same, and its hash, of a word whose folded bytes are those of `key`,
  // the first one lowest, zeros behind the last. Key 0 is a sign, which has
  // none of the three. A number has its hash only.
  bool FindShort(std::uint64_t key, Token* token) const {
    const Entry& entry = short_entries_[SlotOf(key)];
    token->hash = entry.hash;
    token->classes = entry.classes;
    token->lex = entry.lex;
    return entry.key == key;
  }
  // Looks tokens[index] up in Finish or before: some together, so that memory
  // is waited for once.
  void Defer(std::size_t index, std::uint8_t length,
             std::vector<Token>* tokens);
  void DeferShort(std::size_t index, std::uint64_t key, std::uint8_t length,
                  std::vector<Token>* tokens);
  void Finish(std::vector<Token>* tokens);

 private:
  static constexpr std::size_t kShortBits = 13;
  static constexpr std::size_t kEntries = 4096;
  struct Entry {
    std::uint64_t key = 0;  // a short word's bytes, else the length; 0: none
    std::uint32_t hash = 0;
    std::uint64_t classes = 0;
    LexEntry lex;
  };
  struct Deferred {
    std::size_t token = 0;
    std::uint64_t key = 0;  // as in Entry
    std::uint8_t length = 0;
    bool by_bytes = false;
  };
  static std::size_t SlotOf(std::uint64_t key) {
    return (key * 0x9E3779B97F4A7C15u >> (64 - kShortBits)) +
           (key != 0 ? 1 : 0);
  }
  void Add(const Deferred& word, std::vector<Token>* tokens);

  const Lexicon& lexicon_;
  const WordClasses& classes_;
  std::vector<Entry> entries_;        // by hash
  std::vector<Entry> short_entries_;  // by SlotOf
  std::array<Deferred, 32> deferred_;
  std::size_t deferred_count_ = 0;
};

// text is valid UTF-8 of less than 4 GiB. *tokens and *compounds (indices of
// words with an apostrophe or a character beyond ASCII in them) are
// overwritten.
void Tokenize(std::string_view text, WordCache* words,
              std::vector<Token>* tokens,
              std::vector<std::uint32_t>* compounds);

// With a cache of its own: for tests and single texts.
void Tokenize(std::string_view text, const Lexicon& lexicon,
              const WordClasses& classes, std::vector<Token>* tokens);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_TOKENIZER_H_
