// SPDX-License-Identifier: Apache-2.0

#include "engine/tokenizer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "base/fold.h"
#include "engine/char_blocks.h"

namespace phiwire {
namespace {

// Bits, so that one OR a byte gathers what a word is made of.
enum CharKind : std::uint8_t {
  kSymbol = 0,
  kLow = 1,
  kUp = 2,
  kDigit = 4,
  kSpace = 8,
  kLine = 16,
  kHigh = 32,
};
constexpr unsigned kAlnum = kLow | kUp | kDigit;

constexpr std::array<CharKind, 256> MakeKinds() {
  std::array<CharKind, 256> kinds{};
  for (std::size_t i = 0; i < 256; ++i) {
    kinds[i] = i >= 0x80               ? kHigh
               : i >= 'a' && i <= 'z'  ? kLow
               : i >= 'A' && i <= 'Z'  ? kUp
               : i >= '0' && i <= '9'  ? kDigit
               : i == '\n'             ? kLine
               : i <= ' ' || i == 0x7F ? kSpace
                                       : kSymbol;
  }
  return kinds;
}
constexpr std::array<CharKind, 256> kKinds = MakeKinds();

CharKind KindAt(std::string_view text, std::size_t i) {
  return kKinds[static_cast<unsigned char>(text[i])];
}

// What a character beyond ASCII is, and how many bytes it has.
CharKind HighKind(std::string_view text, std::size_t i, std::size_t* length) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto at = static_cast<std::int64_t>(i);
  UChar32 c = 0;
  U8_NEXT(bytes, at, static_cast<std::int64_t>(text.size()), c);
  *length = static_cast<std::size_t>(at) - i;
  if (c < 0) return kSymbol;
  if (u_isUWhiteSpace(c)) return kSpace;
  if (u_isdigit(c)) return kDigit;
  if (u_isupper(c)) return kUp;
  const bool letter = u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK ||
                      u_charType(c) == U_OTHER_NUMBER;
  return letter ? kLow : kSymbol;
}

struct WordScan {
  std::size_t end = 0;
  std::uint32_t hash = 2166136261u;
  unsigned kinds = 0;  // of all its characters, together
  std::uint32_t uppers = 0;
  bool first_upper = false;
  bool ascii = true;
  bool compound = false;

  void Take(CharKind kind, unsigned char byte) {
    kinds |= kind;
    uppers += kind == kUp;
    hash = (hash ^ (kind == kUp ? byte | 0x20u : byte)) * 16777619u;
  }
};

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

// Any word; the rest of it from scan->end on.
void ScanRest(std::string_view text, std::size_t begin, WordScan* scan) {
  std::size_t i = scan->end;
  while (i < text.size()) {
    CharKind kind = KindAt(text, i);
    std::size_t length = 1;
    if (kind == kHigh) {
      kind = HighKind(text, i, &length);
      if ((kind & kAlnum) != 0) {
        scan->ascii = false;
        scan->compound = true;
      }
    }
    if (kind == kSymbol && text[i] == '\'' && i > begin &&
        ApostropheInside(text, i)) {
      scan->hash = (scan->hash ^ '\'') * 16777619u;
      scan->compound = true;
      ++i;
      continue;
    }
    if ((kind & kAlnum) == 0) break;
    if (i == begin) scan->first_upper = kind == kUp;
    scan->Take(kind, static_cast<unsigned char>(text[i]));
    i += length;
  }
  scan->end = i;
}

// Little endian: base/lexicon.cc insists on it. Zero behind the text's end.
std::uint64_t LoadEight(std::string_view text, std::size_t i) {
  std::uint64_t bytes = 0;
  const std::size_t left = text.size() - i;
  if (left >= 8) {
    std::memcpy(&bytes, text.data() + i, 8);
  } else {
    std::memcpy(&bytes, text.data() + i, left);
  }
  return bytes;
}

// FNV's prime for the bytes of a word, 1 behind its end: the hash of eight
// bytes has no branch on the length, which no predictor can know.
constexpr auto kPrimes = [] {
  std::array<std::array<std::uint32_t, 8>, 9> primes{};
  for (std::size_t n = 0; n < 9; ++n) {
    for (std::size_t i = 0; i < 8; ++i) primes[n][i] = i < n ? 16777619u : 1u;
  }
  return primes;
}();

constexpr std::uint64_t LowBits(std::size_t count) {
  return (std::uint64_t{1} << count) - 1;  // count < 64
}

constexpr std::uint32_t kHashStart = 2166136261u;  // FNV's
constexpr std::uint64_t kBits20 = 0x2020202020202020u;

std::uint32_t HashEight(std::uint64_t bytes,
                        const std::array<std::uint32_t, 8>& primes,
                        std::uint32_t hash) {
  for (std::size_t i = 0; i < 8; ++i) {
    const auto byte = static_cast<std::uint32_t>(bytes >> (8 * i) & 0xFF);
    hash = (hash ^ byte) * primes[i];
  }
  return hash;
}

// FNV-1a of a word of nine and more ASCII letters and digits, folded: of both,
// bit 0x20 is set in lower case.
std::uint32_t HashOf(std::string_view text, std::size_t begin,
                     std::size_t length) {
  std::uint32_t hash = kHashStart;
  for (; length > 8; length -= 8, begin += 8) {
    hash = HashEight(LoadEight(text, begin) | kBits20, kPrimes[8], hash);
  }
  const std::uint64_t rest = ~std::uint64_t{0} >> (64 - 8 * length);
  return HashEight((LoadEight(text, begin) | kBits20) & rest, kPrimes[length],
                   hash);
}

// By: a lower-case letter in it; upper-case letters, two for more; the first
// is one of them.
constexpr Case kCases[2][3][2] = {{{Case::kNone, Case::kNone},
                                   {Case::kInitial, Case::kInitial},
                                   {Case::kUpper, Case::kUpper}},
                                  {{Case::kLower, Case::kLower},
                                   {Case::kMixed, Case::kTitle},
                                   {Case::kMixed, Case::kMixed}}};

Case CaseOf(const WordScan& scan) {
  return kCases[scan.kinds & kLow][std::min(scan.uppers, 2U)]
               [scan.first_upper ? 1 : 0];
}

// By WordScan::kinds.
constexpr TokenKind kWordKinds[8] = {TokenKind::kWord,   TokenKind::kWord,
                                     TokenKind::kWord,   TokenKind::kWord,
                                     TokenKind::kNumber, TokenKind::kMixed,
                                     TokenKind::kMixed,  TokenKind::kMixed};

// Hashes a word with characters beyond ASCII; returns its folded length.
std::size_t HashFolded(std::string_view word, std::uint32_t* hash) {
  std::array<char, 256> buffer;
  const std::size_t folded = FoldWord(word, std::span(buffer));
  *hash = HashWord(std::string_view(buffer.data(), folded));
  return folded;
}

// A word's bits, from its first byte on.
struct WordBits {
  std::size_t length = 0;
  std::uint64_t upper = 0;
  std::uint64_t digit = 0;
  // An apostrophe or a character beyond ASCII behind it, or too long for bits.
  bool odd = false;
};

// The 64 bits from `at` on.
inline std::uint64_t From(std::uint64_t bits, std::uint64_t next,
                          std::size_t at) {
  return bits >> at | next << 1 << (63 - at);
}

inline WordBits WordAt(const CharBits& bits, const CharBits& next,
                       std::size_t at) {
  constexpr std::uint64_t kTop = std::uint64_t{1} << 63;
  WordBits out;
  const std::uint64_t stops = ~From(bits.alnum, next.alnum, at) | kTop;
  out.length = static_cast<std::size_t>(std::countr_zero(stops));
  const std::uint64_t inside = LowBits(out.length);
  out.upper = From(bits.upper, next.upper, at) & inside;
  out.digit = From(bits.digit, next.digit, at) & inside;
  const std::uint64_t odd = From(bits.odd, next.odd, at) | kTop;
  out.odd = (odd >> out.length & 1) != 0;
  return out;
}

struct KindAndCase {
  TokenKind kind = TokenKind::kPunct;
  Case letter_case = Case::kNone;
};

// By bits: lower case, upper case, a digit; two of upper case or more; the
// first is of upper case; a line feed.
constexpr auto kKindsAndCases = [] {
  std::array<KindAndCase, 64> out{};
  for (unsigned i = 1; i < out.size(); ++i) {
    const unsigned uppers = (i >> 1 & 1) + (i >> 3 & 1);
    out[i] = {i >= 32 ? TokenKind::kNewline : kWordKinds[i & 7],
              kCases[i & 1][uppers][i >> 4 & 1]};
  }
  return out;
}();

void SetKindAndCase(const WordBits& word, unsigned line, Token* token) {
  const std::uint64_t lower = LowBits(word.length) & ~word.upper & ~word.digit;
  const unsigned low = lower != 0 ? 1 : 0;
  // A population count is a call on plain x86-64.
  const unsigned up = word.upper != 0 ? 1 : 0;
  const unsigned two = (word.upper & (word.upper - 1)) != 0 ? 1 : 0;
  const unsigned digit = word.digit != 0 ? 1 : 0;
  const unsigned first = word.upper & 1;
  const KindAndCase& found = kKindsAndCases[low | up << 1 | digit << 2 |
                                            two << 3 | first << 4 | line << 5];
  token->kind = found.kind;
  token->letter_case = found.letter_case;
}

// Bytes of a word of up to eight in its first eight.
constexpr std::array<std::uint64_t, 9> kInside = {0,
                                                  0xFF,
                                                  0xFFFF,
                                                  0xFFFFFF,
                                                  0xFFFFFFFF,
                                                  0xFFFFFFFFFF,
                                                  0xFFFFFFFFFFFF,
                                                  0xFFFFFFFFFFFFFF,
                                                  0xFFFFFFFFFFFFFFFF};

class Tokenizer {
 public:
  Tokenizer(std::string_view text, WordCache* words, std::vector<Token>* tokens,
            std::vector<std::uint32_t>* compounds)
      : text_(text), words_(words), tokens_(tokens), compounds_(compounds) {}

  void Run() {
    tokens_->clear();
    compounds_->clear();
    CharBits next = BitsAt(0);
    std::uint64_t alnum_before = 0;
    std::uint64_t blank_before = 1;
    for (std::size_t base = 0; base < text_.size(); base += kCharBlock) {
      const CharBits bits = next;
      next = BitsAt(base + kCharBlock);
      const std::uint64_t starts =
          ~bits.space & ~(bits.alnum & (bits.alnum << 1 | alnum_before));
      const std::uint64_t blank = bits.space | bits.line;
      tokens_->resize(count_ + kCharBlock);
      const std::uint64_t behind_blank = blank << 1 | blank_before;
      AddBlock(base, bits, next, starts, behind_blank);
      alnum_before = bits.alnum >> 63;
      blank_before = blank >> 63;
    }
    tokens_->resize(count_);
    words_->Finish(tokens_);
  }

 private:
  CharBits BitsAt(std::size_t begin) const {
    return begin < text_.size() ? CharBitsAt(text_, begin) : CharBits{};
  }

  // The bits of a block's bytes from done_ on.
  std::uint64_t NotDone(std::size_t base) const {
    if (done_ <= base) return ~std::uint64_t{0};
    return done_ - base >= kCharBlock ? 0 : ~LowBits(done_ - base);
  }

  // One path for words and signs, so that there is little to predict: a sign
  // is a word of no bytes.
  void AddBlock(std::size_t base, const CharBits& bits, const CharBits& next,
                std::uint64_t starts, std::uint64_t behind_blank) {
    starts &= NotDone(base);
    behind_blank |= BehindHighSpace(base);
    while (starts != 0) {
      const auto at = static_cast<std::size_t>(std::countr_zero(starts));
      starts &= starts - 1;
      const std::size_t begin = base + at;
      Token* const token = tokens_->data() + count_;
      token->begin = static_cast<std::uint32_t>(begin);
      token->space_before = (behind_blank >> at & 1) != 0;
      const WordBits word = WordAt(bits, next, at);
      if (word.odd) {
        AddOdd();
        starts &= NotDone(base);
        behind_blank |= BehindHighSpace(base);
        continue;
      }
      SetKindAndCase(word, static_cast<unsigned>(bits.line >> at & 1), token);
      const unsigned sign = word.length == 0 ? 1 : 0;
      const auto byte = static_cast<std::uint8_t>(text_[begin]);
      token->symbol = static_cast<std::uint8_t>(byte & (0U - sign));
      token->end = static_cast<std::uint32_t>(begin + word.length + sign);
      ++count_;
      if (word.length > kInside.size() - 1) {
        SetHashOfLong(word.length, token);
        continue;
      }
      const std::uint64_t key =
          (LoadEight(text_, begin) | kBits20) & kInside[word.length];
      if (!words_->FindShort(key, token)) {
        words_->DeferShort(count_ - 1, key,
                           static_cast<std::uint8_t>(word.length), tokens_);
      }
    }
  }

  // The bit of a block's byte behind white space beyond ASCII.
  std::uint64_t BehindHighSpace(std::size_t base) const {
    const std::size_t at = high_space_end_ - base;
    return at < kCharBlock ? std::uint64_t{1} << at : 0;
  }

  void SetHashOfLong(std::size_t length, Token* token) {
    const std::uint32_t hash = HashOf(text_, token->begin, length);
    token->hash = hash == 0 ? 1 : hash;
    LookUp(length, token);
  }

  // The last token.
  void LookUp(std::size_t length, Token* token) {
    if (token->kind == TokenKind::kNumber) return;
    const auto capped =
        static_cast<std::uint8_t>(std::min<std::size_t>(length, 255));
    if (words_->Find(capped, token)) return;
    words_->Defer(count_ - 1, capped, tokens_);
  }

  // What begins where (*tokens_)[count_] does: an apostrophe, a character
  // beyond ASCII, or a word with one in it or behind it, or a long one.
  void AddOdd() {
    Token& token = (*tokens_)[count_];
    std::size_t length = 1;
    CharKind kind = KindAt(text_, token.begin);
    if (kind == kHigh) kind = HighKind(text_, token.begin, &length);
    if ((kind & kAlnum) != 0) {
      AddOddWord(&token);
      return;
    }
    done_ = token.begin + length;
    if (kind == kSpace) {
      high_space_end_ = done_;
      return;
    }
    token.kind = TokenKind::kPunct;
    token.symbol =
        length > 1 ? 0x80 : static_cast<std::uint8_t>(text_[token.begin]);
    token.end = static_cast<std::uint32_t>(done_);
    ++count_;
  }

  void AddOddWord(Token* token) {
    WordScan scan;
    scan.end = token->begin;
    ScanRest(text_, token->begin, &scan);
    std::size_t folded = scan.end - token->begin;
    token->hash = scan.hash == 0 ? 1 : scan.hash;
    if (!scan.ascii) {
      folded = HashFolded(text_.substr(token->begin, folded), &token->hash);
    }
    token->end = static_cast<std::uint32_t>(scan.end);
    token->kind = kWordKinds[scan.kinds];
    token->letter_case = CaseOf(scan);
    if (scan.compound) {
      compounds_->push_back(static_cast<std::uint32_t>(count_));
    }
    done_ = scan.end;
    ++count_;
    LookUp(folded, token);
  }

  std::string_view text_;
  WordCache* words_;
  std::vector<Token>* tokens_;
  std::vector<std::uint32_t>* compounds_;
  std::size_t count_ = 0;  // of tokens
  std::size_t done_ = 0;   // behind the last odd word or sign
  // Behind the last white space beyond ASCII.
  std::size_t high_space_end_ = 0;
};

}  // namespace

void Tokenize(std::string_view text, WordCache* words,
              std::vector<Token>* tokens,
              std::vector<std::uint32_t>* compounds) {
  Tokenizer(text, words, tokens, compounds).Run();
}

void Tokenize(std::string_view text, const Lexicon& lexicon,
              const WordClasses& classes, std::vector<Token>* tokens) {
  WordCache words(lexicon, classes);
  std::vector<std::uint32_t> compounds;
  Tokenize(text, &words, tokens, &compounds);
}

}  // namespace phiwire
