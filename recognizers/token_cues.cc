// SPDX-License-Identifier: Apache-2.0

#include "recognizers/token_cues.h"

namespace phiwire {
namespace {

std::size_t CodeOf(TokenKind kind, Case letter_case) {
  return static_cast<std::size_t>(kind) * 8 +
         static_cast<std::size_t>(letter_case);
}

}  // namespace

TokenCues::TokenCues() {
  has_.fill(kAlways);
  for (const Case c : kAllCases) {
    for (const TokenKind kind : {TokenKind::kNumber, TokenKind::kMixed}) {
      has_[CodeOf(kind, c)] |= kDigits;
      shape_needs_[CodeOf(kind, c)] |= kAlways;
    }
    has_[CodeOf(TokenKind::kPunct, c)] |= kMark;
    has_[CodeOf(TokenKind::kNewline, c)] |= kMark;
    const std::size_t word = CodeOf(TokenKind::kWord, c);
    if ((kCapitalCases >> static_cast<unsigned>(c) & 1) != 0) {
      has_[word] |= kCapital;
    }
    if (c == Case::kLower) has_[word] |= kJoinedLower;
    if (c == Case::kUpper || c == Case::kInitial) {
      shape_needs_[word] |= kDigits | kMark;
    }
  }
  for (const char sign : {'(', '+', '#'}) {
    sign_needs_[static_cast<unsigned char>(sign)] = kDigits;
  }
}

std::uint8_t TokenCues::NeedOf(WalkBehind behind) {
  switch (behind) {
    case WalkBehind::kCapital:
      return kCapital;
    case WalkBehind::kCapitalOrMark:
      return kCapital | kMark;
    case WalkBehind::kJoinedLower:
      return kJoinedLower;
    case WalkBehind::kAnything:
      break;
  }
  return kAlways;
}

void TokenCues::AddSymbol(unsigned char symbol, WalkBehind behind) {
  symbol_needs_[symbol] |= NeedOf(behind);
}

TokenCues::Cue TokenCues::CueOf(const Token& t,
                                const PhraseTable& phrases) const {
  const std::size_t code = Code(t);
  Cue cue;
  cue.has = has_[code];
  cue.symbol_needs = symbol_needs_[t.symbol];
  cue.shape_needs = shape_needs_[code] | sign_needs_[t.symbol];
  cue.phrase = t.kind == TokenKind::kNumber
                   ? kByHash
                   : static_cast<std::uint8_t>(phrases.MayBegin(
                         t.hash, t.letter_case == Case::kLower));
  return cue;
}

void TokenCues::Find(const Document& document, const PhraseTable& phrases,
                     Memory* memory, std::vector<std::uint32_t>* anchors,
                     std::vector<std::uint32_t>* shapes) const {
  const std::vector<Token>& tokens = document.tokens;
  memory->Start(*document.words);
  // One more, since an index is written before it is known to count.
  anchors->resize(tokens.size() + 1);
  shapes->resize(tokens.size() + 1);
  std::size_t anchor_count = 0;
  std::size_t shape_count = 0;
  // Of the token before.
  std::uint32_t hash = 0;
  Cue cue;
  const auto take = [&](std::size_t i, unsigned has, unsigned pair) {
    const auto index = static_cast<std::uint32_t>(i) - 1;
    (*anchors)[anchor_count] = index;
    const unsigned phrase = cue.phrase;
    const unsigned longer = phrase & (pair | (has & kMark) / kMark);
    const unsigned symbol = (cue.symbol_needs & has) != 0 ? 1 : 0;
    anchor_count += (phrase >> 1 & 1) | (longer & 1) | symbol;
    (*shapes)[shape_count] = index;
    shape_count += (cue.shape_needs & has) != 0 ? 1 : 0;
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    Cue& known = (*memory)[t.id];
    if (known.has == 0) known = CueOf(t, phrases);
    const auto apart = static_cast<unsigned>(t.space_before) * kJoinedLower;
    take(i, known.has & ~apart, phrases.MayBeginPair(hash, t.hash));
    hash = t.hash;
    cue = known;
    if ((cue.phrase & kByHash) != 0) {
      cue.phrase = static_cast<std::uint8_t>(
          phrases.MayBegin(hash, t.letter_case == Case::kLower));
    }
  }
  take(tokens.size(), kAlways, 0);
  anchors->resize(anchor_count);
  shapes->resize(shape_count);
}

}  // namespace phiwire
