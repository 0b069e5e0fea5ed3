// SPDX-License-Identifier: Apache-2.0
//
// Which tokens the confirm stage has to look at: those where a label or an
// anchor's phrase may begin, or a punctuation mark that is an anchor; and those
// where a shape of a number or code may begin. One pass over what is kept of
// each token's word, with no branch that text could turn either way.
// What is named here may still be nothing; what is not is never anything.
//
// Immutable once built; thread-safe. The memory is one thread's and of one
// TokenCues and its phrases.

#ifndef PHIWIRE_RECOGNIZERS_TOKEN_CUES_H_
#define PHIWIRE_RECOGNIZERS_TOKEN_CUES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/document.h"
#include "engine/word_memo.h"
#include "recognizers/phrase_table.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {

class TokenCues {
 public:
  TokenCues();
  // The symbol is an anchor; what its walker needs behind it.
  void AddSymbol(unsigned char symbol, WalkBehind behind);

  // What a word by itself says.
  struct Cue {
    std::uint8_t has = 0;  // 0: not known yet
    std::uint8_t symbol_needs = 0;
    std::uint8_t shape_needs = 0;
    // PhraseTable::MayBegin, or kByHash; kWants when any of these is not 0.
    std::uint8_t phrase = 0;
  };
  using Memory = WordMemo<Cue>;

  // Tokens asked for in one call, at most: a caller that looks at what was
  // found before it asks for the next ones has them in the nearest caches.
  static constexpr std::size_t kMost = 512;

  // Indices of tokens [first, last), in order, appended to *anchors and
  // *shapes. The memory was started with the document's words.
  void Find(const Document& document, std::size_t first, std::size_t last,
            const PhraseTable& phrases, Memory* memory,
            std::vector<std::uint32_t>* anchors,
            std::vector<std::uint32_t>* shapes) const;

  // Whether a walker that needs `behind` may find anything before token t.
  bool Allows(WalkBehind behind, const Token& t) const {
    return (has_[Code(t)] & NeedOf(behind)) != 0;
  }

 private:
  // Bits: what a token needs of the one behind it, and what that one has.
  // One in common is enough.
  enum : std::uint8_t {
    kCapital = 1,      // a capitalised word
    kJoinedLower = 2,  // one in lower case, no white space before it
    kDigits = 4,       // a number, or letters and digits
    kMark = 8,         // punctuation, a line feed
    kAlways = 128,
  };
  // In Cue::phrase: long numbers share ids.
  static constexpr std::uint8_t kByHash = 4;
  static constexpr std::uint8_t kWants = 8;
  Cue CueOf(const Token& t, std::uint32_t hash,
            const PhraseTable& phrases) const;
  static std::uint8_t NeedOf(WalkBehind behind);
  static std::size_t Code(const Token& t) {
    return static_cast<std::size_t>(t.kind) * 8 +
           static_cast<std::size_t>(t.letter_case);
  }

  std::array<std::uint8_t, 64> has_{};  // by Code
  // For a shape to begin there.
  std::array<std::uint8_t, 64> shape_needs_{};  // by Code
  std::array<std::uint8_t, 256> sign_needs_{};
  std::array<std::uint8_t, 256> symbol_needs_{};  // of anchors
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_TOKEN_CUES_H_
