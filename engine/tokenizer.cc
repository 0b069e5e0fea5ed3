// SPDX-License-Identifier: Apache-2.0

#include "engine/tokenizer.h"

#include <array>
#include <bit>
#include <cstring>

#include "base/ask_ahead.h"
#include "engine/char_blocks.h"
#include "engine/char_kind.h"
#include "engine/long_runs.h"

namespace phiwire {
namespace {

// Whether the apostrophe at i belongs to the word that stands before it.
bool ApostropheInside(std::string_view text, std::size_t i) {
  if (i + 1 >= text.size()) return false;
  const CharKind next = KindAt(text, i + 1);
  if (next != kLow && next != kUp && next != kHigh) return false;
  const CharKind before = KindAt(text, i - 1);
  if (before == kDigit) return false;
  const bool s = (text[i + 1] | 0x20) == 's';
  if (!s) return true;
  if (i + 2 >= text.size()) return false;
  const CharKind after = KindAt(text, i + 2);
  return after == kLow || after == kUp || after == kHigh;
}

// Where the word at `begin` ends, whatever it is made of. Whether an
// apostrophe or a character beyond ASCII is in it.
std::size_t EndOfAnyWord(std::string_view text, std::size_t begin,
                         bool* compound) {
  std::size_t i = begin;
  while (i < text.size()) {
    CharKind kind = KindAt(text, i);
    std::size_t length = 1;
    if (kind == kHigh) {
      kind = HighKind(text, i, &length);
      if ((kind & kAlnum) != 0) *compound = true;
    }
    if (kind == kSymbol && text[i] == '\'' && i > begin &&
        ApostropheInside(text, i)) {
      *compound = true;
      ++i;
      continue;
    }
    if ((kind & kAlnum) == 0) break;
    i += length;
  }
  return i;
}

constexpr std::uint64_t LowBits(std::size_t count) {
  return (std::uint64_t{1} << count) - 1;  // count < 64
}

// The 64 bits from `at` on.
inline std::uint64_t From(std::uint64_t bits, std::uint64_t next,
                          std::size_t at) {
  return bits >> at | next << 1 << (63 - at);
}

// The bytes of a short word in its first sixteen.
constexpr auto kInside = [] {
  std::array<WordKey, WordTable::kLongestKey + 1> masks{};
  for (std::size_t n = 0; n < masks.size(); ++n) {
    const std::size_t high = n > 8 ? n - 8 : 0;
    masks[n].low = n < 8 ? LowBits(8 * n) : ~std::uint64_t{0};
    masks[n].high = high < 8 ? LowBits(8 * high) : ~std::uint64_t{0};
  }
  return masks;
}();

class Tokenizer {
 public:
  Tokenizer(WordTable* words, Document* document)
      : text_(document->text),
        words_(words),
        tokens_(&document->tokens),
        ids_(&document->ids),
        compounds_(&document->compounds),
        long_runs_(&document->long_runs) {}

  // Drawn into its callers whole, each for another machine.
  template <class BitsOf>
  [[gnu::always_inline]] void Run(BitsOf bits_of) {
    compounds_->clear();
    long_runs_.Start();
    CharBits next = BitsAt(0, bits_of);
    std::uint64_t alnum_before = 0;
    std::uint64_t blank_before = 1;
    for (std::size_t base = 0; base < text_.size(); base += kCharBlock) {
      AskAhead(text_.data() + base, kTextAhead);
      const CharBits bits = next;
      next = BitsAt(base + kCharBlock, bits_of);
      long_runs_.Add(base, bits.gap);
      std::uint64_t starts =
          ~bits.space & ~(bits.alnum & (bits.alnum << 1 | alnum_before));
      const std::uint64_t blank = bits.space | bits.line;
      if (tokens_->size() < count_ + kCharBlock) {
        tokens_->resize(count_ + kCharBlock);
        ids_->resize(tokens_->size());
      }
      std::uint64_t behind_blank = blank << 1 | blank_before;
      if (done_ > base) starts &= NotDone(base);
      behind_blank |= BehindHighSpace(base);
      if ((bits.odd | next.odd) == 0) {
        AddPlainBlock(base, bits, next, starts, behind_blank);
      } else {
        AddBlock(base, bits, next, starts, behind_blank);
      }
      alnum_before = bits.alnum >> 63;
      blank_before = blank >> 63;
    }
    long_runs_.Finish(text_.size());
    tokens_->resize(count_);
    ids_->resize(count_);
  }

 private:
  template <class BitsOf>
  [[gnu::always_inline]] CharBits BitsAt(std::size_t begin,
                                         BitsOf bits_of) const {
    return begin < text_.size() ? CharBitsAt(text_, begin, bits_of)
                                : CharBits{};
  }

  // The bits of a block's bytes from done_ on.
  std::uint64_t NotDone(std::size_t base) const {
    if (done_ <= base) return ~std::uint64_t{0};
    return done_ - base >= kCharBlock ? 0 : ~LowBits(done_ - base);
  }

  // The bytes from `base` on, with spaces behind the text's end, so that a
  // block and the key of a word that begins in it can be loaded.
  const char* BytesFrom(std::size_t base) {
    if (text_.size() - base >= tail_.size()) return text_.data() + base;
    tail_.fill(' ');
    text_.copy(tail_.data(), tail_.size(), base);
    return tail_.data();
  }

  // A block with no apostrophe and no character beyond ASCII in it or in the
  // next. One path for words and signs, so that there is little to predict;
  // everything in registers.
  [[gnu::always_inline]] void AddPlainBlock(std::size_t base,
                                            const CharBits& bits,
                                            const CharBits& next,
                                            std::uint64_t starts,
                                            std::uint64_t behind_blank) {
    const char* const block = BytesFrom(base);
    const std::uint64_t alnum = bits.alnum, alnum_next = next.alnum << 1;
    const WordTable::Known known = words_->known();
    Token* token = tokens_->data() + count_;
    std::uint32_t* id = ids_->data() + count_;
    for (; starts != 0; starts &= starts - 1) {
      AskAheadToWrite(token, kAhead);
      AskAheadToWrite(id, kAhead);
      const auto at = static_cast<unsigned>(std::countr_zero(starts));
      const std::uint64_t letter_bits = alnum >> at | alnum_next << (63 - at);
      // A sign is one byte, whatever follows it.
      const std::uint64_t own = (letter_bits & (0 - (letter_bits & 1))) | 1;
      const auto length = static_cast<unsigned>(
          std::countr_zero(~own | std::uint64_t{1} << kLongest));
      const NumberedWord* word = nullptr;
      if (length <= WordTable::kLongestKey) {
        WordKey key;
        std::memcpy(&key, block + at, sizeof key);
        key.low &= kInside[length].low;
        key.high &= kInside[length].high;
        word = known.Find(key);
      } else if (length == kLongest) {
        break;
      }
      if (word == nullptr) word = &words_->Find({block + at, length});
      const auto begin = static_cast<std::uint32_t>(base) + at;
      Set(*word, begin, begin + length, (behind_blank >> at & 1) != 0, token++);
      *id++ = word->id;
    }
    count_ = static_cast<std::size_t>(token - tokens_->data());
    if (starts != 0) AddBlock(base, bits, next, starts, behind_blank);
  }

  // Any block.
  void AddBlock(std::size_t base, const CharBits& bits, const CharBits& next,
                std::uint64_t starts, std::uint64_t behind_blank) {
    while (starts != 0) {
      const auto at = static_cast<std::size_t>(std::countr_zero(starts));
      starts &= starts - 1;
      const std::size_t begin = base + at;
      const bool space_before = (behind_blank >> at & 1) != 0;
      const std::size_t letters = LettersAt(bits, next, at);
      // An apostrophe or a character beyond ASCII here or behind the word, or
      // a word too long for bits.
      const std::uint64_t odd = From(bits.odd, next.odd, at);
      if ((odd >> letters & 1) != 0 || letters == kLongest) {
        AddOdd(begin, space_before);
        starts &= NotDone(base);
        behind_blank |= BehindHighSpace(base);
        continue;
      }
      Add(begin, letters + (letters == 0 ? 1 : 0), space_before);
    }
  }

  // Letters and digits from a block's byte `at` on, kLongest for so many and
  // more.
  static constexpr std::size_t kLongest = 63;
  static std::size_t LettersAt(const CharBits& bits, const CharBits& next,
                               std::size_t at) {
    constexpr std::uint64_t kTop = std::uint64_t{1} << kLongest;
    return static_cast<std::size_t>(
        std::countr_zero(~From(bits.alnum, next.alnum, at) | kTop));
  }

  void Add(std::size_t begin, std::size_t length, bool space_before) {
    AskAheadToWrite(tokens_->data() + count_, kAhead);
    AskAheadToWrite(ids_->data() + count_, kAhead);
    const NumberedWord& word = WordAt(begin, length);
    Set(word, static_cast<std::uint32_t>(begin),
        static_cast<std::uint32_t>(begin + length), space_before,
        tokens_->data() + count_);
    (*ids_)[count_++] = word.id;
  }

  const NumberedWord& WordAt(std::size_t begin, std::size_t length) {
    if (length <= WordTable::kLongestKey) {
      const NumberedWord* const found =
          words_->known().Find(KeyAt(begin, length));
      if (found != nullptr) return *found;
    }
    return words_->Find(text_.substr(begin, length));
  }

  WordKey KeyAt(std::size_t begin, std::size_t length) const {
    WordKey key{};
    if (begin + sizeof key > text_.size()) {
      std::memcpy(&key, text_.data() + begin, length);
      return key;
    }
    std::memcpy(&key, text_.data() + begin, sizeof key);
    key.low &= kInside[length].low;
    key.high &= kInside[length].high;
    return key;
  }

  static void Set(const Word& word, std::uint32_t begin, std::uint32_t end,
                  bool space_before, Token* token) {
    static_cast<Word&>(*token) = word;
    token->space_before = space_before;
    token->begin = begin;
    token->end = end;
  }

  // The bit of a block's byte behind white space beyond ASCII.
  std::uint64_t BehindHighSpace(std::size_t base) const {
    const std::size_t at = high_space_end_ - base;
    return at < kCharBlock ? std::uint64_t{1} << at : 0;
  }

  // What begins at `begin`: an apostrophe, a character beyond ASCII, or a word
  // with one in it or behind it, or a long one.
  void AddOdd(std::size_t begin, bool space_before) {
    std::size_t length = 1;
    CharKind kind = KindAt(text_, begin);
    if (kind == kHigh) kind = HighKind(text_, begin, &length);
    if ((kind & kAlnum) != 0) {
      bool compound = false;
      length = EndOfAnyWord(text_, begin, &compound) - begin;
      if (compound) compounds_->push_back(static_cast<std::uint32_t>(count_));
    }
    done_ = begin + length;
    if (kind == kSpace) {
      high_space_end_ = done_;
      return;
    }
    Add(begin, length, space_before);
  }

  static constexpr std::size_t kAhead = 128;  // tokens

  std::string_view text_;
  std::array<char, kCharBlock + sizeof(WordKey)> tail_;
  WordTable* words_;
  std::vector<Token>* tokens_;
  std::vector<std::uint32_t>* ids_;
  std::vector<std::uint32_t>* compounds_;
  LongRunFinder long_runs_;
  std::size_t count_ = 0;  // of tokens
  std::size_t done_ = 0;   // behind the last odd word or sign
  // Behind the last white space beyond ASCII.
  std::size_t high_space_end_ = 0;
};

#if defined(PHIWIRE_HAS_WIDE)
struct WideBits {
  PHIWIRE_WIDE CharBits operator()(const char* block) const {
    return CharBitsOfWide(block);
  }
};
PHIWIRE_WIDE void RunWide(Tokenizer* tokenizer) { tokenizer->Run(WideBits()); }
#endif

void RunPlain(Tokenizer* tokenizer) { tokenizer->Run(&CharBitsOf); }

void Run(Tokenizer* tokenizer) {
#if defined(PHIWIRE_HAS_WIDE)
  if (HasWide()) return RunWide(tokenizer);
#endif
  RunPlain(tokenizer);
}

}  // namespace

void Tokenize(WordTable* words, Document* document) {
  words->Start();
  document->words = words;
  Tokenizer tokenizer(words, document);
  Run(&tokenizer);
  document->word_facts = words->facts();
  document->word_hashes = words->hashes();
}

}  // namespace phiwire
