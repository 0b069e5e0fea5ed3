// SPDX-License-Identifier: Apache-2.0

#include "engine/tokenizer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <span>

#include "base/fold.h"

namespace phiwire {
namespace {

enum CharKind : std::uint8_t { kSpace, kLine, kSymbol, kLow, kUp, kDigit, kHigh };

constexpr std::array<CharKind, 256> MakeKinds() {
  std::array<CharKind, 256> kinds{};
  for (std::size_t i = 0; i < 256; ++i) {
    kinds[i] = i >= 0x80                ? kHigh
               : i >= 'a' && i <= 'z'   ? kLow
               : i >= 'A' && i <= 'Z'   ? kUp
               : i >= '0' && i <= '9'   ? kDigit
               : i == '\n'              ? kLine
               : i <= ' ' || i == 0x7F  ? kSpace
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
  std::uint32_t upper = 0, lower = 0, digits = 0;
  bool first_upper = false;
  bool ascii = true;
};

void Count(CharKind kind, bool first, WordScan* scan) {
  if (kind == kUp) {
    ++scan->upper;
    if (first) scan->first_upper = true;
  } else if (kind == kLow) {
    ++scan->lower;
  } else {
    ++scan->digits;
  }
}

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

WordScan ScanWord(std::string_view text, std::size_t begin) {
  WordScan scan;
  std::size_t i = begin;
  while (i < text.size()) {
    CharKind kind = KindAt(text, i);
    std::size_t length = 1;
    if (kind == kHigh) {
      kind = HighKind(text, i, &length);
      scan.ascii = false;
    }
    if (kind == kSymbol && text[i] == '\'' && i > begin &&
        ApostropheInside(text, i)) {
      scan.hash = (scan.hash ^ '\'') * 16777619u;
      ++i;
      continue;
    }
    if (kind < kLow) break;
    Count(kind, i == begin, &scan);
    const auto byte = static_cast<unsigned char>(text[i]);
    scan.hash = (scan.hash ^ (kind == kUp ? byte | 0x20u : byte)) * 16777619u;
    i += length;
  }
  scan.end = i;
  return scan;
}

Case CaseOf(const WordScan& scan) {
  if (scan.upper == 0) return scan.lower == 0 ? Case::kNone : Case::kLower;
  if (scan.lower == 0) return scan.upper == 1 ? Case::kInitial : Case::kUpper;
  return scan.first_upper && scan.upper == 1 ? Case::kTitle : Case::kMixed;
}

void FinishWord(std::string_view text, const WordScan& scan,
                const Lexicon& lexicon, const WordClasses& classes,
                Token* token) {
  token->end = static_cast<std::uint32_t>(scan.end);
  token->letter_case = CaseOf(scan);
  const std::uint32_t letters = scan.upper + scan.lower;
  token->kind = scan.digits == 0 ? TokenKind::kWord
                : letters == 0   ? TokenKind::kNumber
                                 : TokenKind::kMixed;
  std::size_t folded = scan.end - token->begin;
  token->hash = scan.hash == 0 ? 1 : scan.hash;
  if (!scan.ascii) {
    std::array<char, 256> buffer;
    folded = FoldWord(text.substr(token->begin, folded), std::span(buffer));
    token->hash = HashWord(std::string_view(buffer.data(), folded));
  }
  if (token->kind != TokenKind::kNumber) {
    token->classes = classes.Find(token->hash);
    token->lex = lexicon.Find(
        token->hash, static_cast<std::uint8_t>(folded > 255 ? 255 : folded));
  }
}

}  // namespace

void Tokenize(std::string_view text, const Lexicon& lexicon,
              const WordClasses& classes, std::vector<Token>* tokens) {
  tokens->clear();
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
    if (kind >= kLow) {
      const WordScan scan = ScanWord(text, i);
      FinishWord(text, scan, lexicon, classes, &token);
      i = scan.end;
      continue;
    }
    token.kind = kind == kLine ? TokenKind::kNewline : TokenKind::kPunct;
    token.symbol = length > 1 ? 0x80 : static_cast<std::uint8_t>(text[i]);
    i += length;
    token.end = static_cast<std::uint32_t>(i);
  }
}

}  // namespace phiwire
