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

// Eight bytes of ASCII at once, a bit 0x80 in each byte that is one.
struct Lanes {
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
  std::uint64_t digit = 0;
};

constexpr std::uint64_t kOnes = 0x0101010101010101u;
constexpr std::uint64_t kTops = 0x8080808080808080u;

// Of seven-bit bytes: which are `least` or more.
constexpr std::uint64_t AtLeast(std::uint64_t bytes, char least) {
  return bytes + (0x80u - static_cast<std::uint64_t>(least)) * kOnes;
}

Lanes LanesOf(std::uint64_t bytes) {
  const std::uint64_t low7 = bytes & ~kTops;
  const std::uint64_t either = low7 | 0x20 * kOnes;
  const std::uint64_t ascii = ~bytes & kTops;
  const std::uint64_t letters =
      AtLeast(either, 'a') & ~AtLeast(either, 'z' + 1) & ascii;
  const std::uint64_t digits =
      AtLeast(low7, '0') & ~AtLeast(low7, '9' + 1) & ascii;
  const std::uint64_t is_lower = bytes << 2;  // bit 0x20, in place of 0x80
  return {letters & is_lower, letters & ~is_lower, digits};
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

// The leading run of ASCII letters and digits at scan->end; true when all
// eight bytes are of it.
bool ScanEight(std::string_view text, WordScan* scan) {
  const std::uint64_t bytes = LoadEight(text, scan->end);
  const Lanes lanes = LanesOf(bytes);
  const std::uint64_t stops =
      ~(lanes.lower | lanes.upper | lanes.digit) & kTops;
  const std::uint64_t below = stops & (0 - stops);  // 0x80 of the first stop
  const std::uint64_t inside = (below >> 7) - 1;
  const auto length = static_cast<std::size_t>(std::countr_zero(below)) / 8;
  const std::uint64_t upper = lanes.upper & inside;
  const std::uint64_t folded = (bytes | upper >> 2) & inside;
  std::uint32_t hash = scan->hash;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto byte = static_cast<std::uint32_t>(folded >> (8 * i) & 0xFF);
    hash = (hash ^ byte) * kPrimes[length][i];
  }
  scan->hash = hash;
  if ((lanes.lower & inside) != 0) scan->kinds |= kLow;
  if (upper != 0) scan->kinds |= kUp;
  if ((lanes.digit & inside) != 0) scan->kinds |= kDigit;
  // None, one, or two for more: a population count is a call on plain x86-64.
  scan->uppers +=
      (upper != 0 ? 1U : 0U) + ((upper & (upper - 1)) != 0 ? 1U : 0U);
  scan->end += length;
  return length == 8;
}

WordScan ScanWord(std::string_view text, std::size_t begin) {
  WordScan scan;
  scan.end = begin;
  scan.first_upper = KindAt(text, begin) == kUp;
  while (ScanEight(text, &scan) && scan.end < text.size()) {
  }
  if (scan.end < text.size()) {
    const auto next = static_cast<unsigned char>(text[scan.end]);
    if (next >= 0x80 || next == '\'') ScanRest(text, begin, &scan);
  }
  return scan;
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

}  // namespace

WordCache::WordCache(const Lexicon& lexicon, const WordClasses& classes)
    : lexicon_(lexicon), classes_(classes), entries_(kEntries) {}

void WordCache::Defer(std::uint8_t length, std::size_t index,
                      std::vector<Token>* tokens) {
  lexicon_.Prefetch((*tokens)[index].hash);
  deferred_[deferred_count_++] = {index, length};
  if (deferred_count_ == deferred_.size()) Finish(tokens);
}

void WordCache::Finish(std::vector<Token>* tokens) {
  for (std::size_t i = 0; i < deferred_count_; ++i) {
    Token& token = (*tokens)[deferred_[i].token];
    token.classes = classes_.Find(token.hash);
    token.lex = lexicon_.Find(token.hash, deferred_[i].length);
    entries_[token.hash % kEntries] = {token.hash, deferred_[i].length,
                                       token.classes, token.lex};
  }
  deferred_count_ = 0;
}

void Tokenize(std::string_view text, WordCache* words,
              std::vector<Token>* tokens,
              std::vector<std::uint32_t>* compounds) {
  tokens->clear();
  compounds->clear();
  bool space = true;
  std::size_t i = 0;
  while (i < text.size()) {
    CharKind kind = KindAt(text, i);
    std::size_t length = 1;
    if (kind == kHigh) kind = HighKind(text, i, &length);
    if (kind == kSpace) {
      space = true;
      i += length;
      continue;
    }
    Token& token = tokens->emplace_back();
    token.begin = static_cast<std::uint32_t>(i);
    token.space_before = space;
    space = kind == kLine;
    if ((kind & kAlnum) != 0) {
      const WordScan scan = ScanWord(text, i);
      std::size_t folded = scan.end - i;
      token.hash = scan.hash == 0 ? 1 : scan.hash;
      if (!scan.ascii) {
        folded = HashFolded(text.substr(i, folded), &token.hash);
      }
      token.kind = kWordKinds[scan.kinds];
      token.letter_case = CaseOf(scan);
      if (token.kind != TokenKind::kNumber) {
        words->Find(static_cast<std::uint8_t>(folded > 255 ? 255 : folded),
                    tokens->size() - 1, tokens);
      }
      i = scan.end;
      if (scan.compound) {
        compounds->push_back(static_cast<std::uint32_t>(tokens->size()) - 1);
      }
    } else {
      token.kind = kind == kLine ? TokenKind::kNewline : TokenKind::kPunct;
      token.symbol = length > 1 ? 0x80 : static_cast<std::uint8_t>(text[i]);
      i += length;
    }
    token.end = static_cast<std::uint32_t>(i);
  }
  words->Finish(tokens);
}

void Tokenize(std::string_view text, const Lexicon& lexicon,
              const WordClasses& classes, std::vector<Token>* tokens) {
  WordCache words(lexicon, classes);
  std::vector<std::uint32_t> compounds;
  Tokenize(text, &words, tokens, &compounds);
}

}  // namespace phiwire
