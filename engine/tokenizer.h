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
// level cache here. Holds no text, only hashes. Belongs to one thread; lexicon
// and classes must outlive it and not change.
class WordCache {
 public:
  WordCache(const Lexicon& lexicon, const WordClasses& classes);

  // Sets the classes and lex of tokens[index] from its hash and the folded
  // word's length, if not now then in Finish or before: words that are not
  // here are asked of the lexicon some together, so that memory is waited for
  // once.
  void Find(std::uint8_t length, std::size_t index,
            std::vector<Token>* tokens) {
    Token& token = (*tokens)[index];
    const Entry& entry = entries_[token.hash % kEntries];
    if (entry.hash != token.hash || entry.length != length) {
      Defer(length, index, tokens);
      return;
    }
    token.classes = entry.classes;
    token.lex = entry.lex;
  }
  void Finish(std::vector<Token>* tokens);

 private:
  static constexpr std::size_t kEntries = 16384;  // of 24 bytes
  struct Entry {
    std::uint32_t hash = 0;  // no word has 0
    std::uint8_t length = 0;
    std::uint64_t classes = 0;
    LexEntry lex;
  };
  struct Deferred {
    std::size_t token = 0;
    std::uint8_t length = 0;
  };
  void Defer(std::uint8_t length, std::size_t index,
             std::vector<Token>* tokens);

  const Lexicon& lexicon_;
  const WordClasses& classes_;
  std::vector<Entry> entries_;
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
