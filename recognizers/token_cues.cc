// SPDX-License-Identifier: Apache-2.0

#include "recognizers/token_cues.h"

#include "base/ask_ahead.h"

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

TokenCues::Cue TokenCues::CueOf(const Token& t, std::uint32_t hash,
                                const PhraseTable& phrases) const {
  const std::size_t code = Code(t);
  Cue cue;
  cue.has = has_[code];
  cue.symbol_needs = symbol_needs_[t.symbol];
  cue.shape_needs = shape_needs_[code] | sign_needs_[t.symbol];
  cue.phrase = t.kind == TokenKind::kNumber && hash == 0
                   ? kByHash
                   : static_cast<std::uint8_t>(
                         phrases.MayBegin(hash, t.letter_case == Case::kLower));
  if ((cue.symbol_needs | cue.shape_needs | cue.phrase) != 0) {
    cue.phrase |= kWants;
  }
  return cue;
}

// First what may begin at a token by itself, which is little of any text; then
// whether what stands behind it agrees. Both by the words' numbers: tokens are
// four times as large, and a text may be all tokens of one byte.
void TokenCues::Find(const Document& document, std::size_t first,
                     std::size_t last, const PhraseTable& phrases,
                     Memory* memory, std::vector<std::uint32_t>* anchors,
                     std::vector<std::uint32_t>* shapes) const {
  const Token* const tokens = document.tokens.data();
  const std::uint32_t* const ids = document.ids.data();
  const std::uint32_t* const hashes = document.word_hashes;
  const std::size_t size = document.tokens.size();
  // One more, since an index is written before it is known to count.
  std::array<std::uint32_t, kMost + 1> wanted;
  std::size_t wanted_count = 0;
  const auto cue_of = [&](std::size_t i) -> const Cue& {
    Cue& known = (*memory)[ids[i]];
    if (known.has == 0) known = CueOf(tokens[i], hashes[ids[i]], phrases);
    return known;
  };
  for (std::size_t i = first; i < last; ++i) {
    AskAhead(ids + i, kMost);
    wanted[wanted_count] = static_cast<std::uint32_t>(i);
    wanted_count += (cue_of(i).phrase & kWants) / kWants;
  }
  if (last < size) cue_of(last);  // which the one before it asks for
  std::size_t anchor_count = anchors->size();
  std::size_t shape_count = shapes->size();
  anchors->resize(anchor_count + wanted_count + 1);
  shapes->resize(shape_count + wanted_count + 1);
  std::uint32_t* const found_anchors = anchors->data();
  std::uint32_t* const found_shapes = shapes->data();
  for (std::size_t w = 0; w < wanted_count; ++w) {
    const std::uint32_t i = wanted[w];
    AskAhead(tokens, i + kMost);  // for who looks at the anchors
    const Cue cue = (*memory)[ids[i]];
    unsigned has = kAlways;
    std::uint32_t next_hash = 0;
    if (i + 1 < size) {
      has = (*memory)[ids[i + 1]].has;
      next_hash = hashes[ids[i + 1]];
      if ((cue.symbol_needs & has & kJoinedLower) != 0 &&
          tokens[i + 1].space_before) {
        has &= ~unsigned{kJoinedLower};
      }
    }
    std::uint32_t hash = hashes[ids[i]];
    unsigned phrase = cue.phrase;
    if ((phrase & kByHash) != 0) {
      hash = tokens[i].hash;
      phrase = phrases.MayBegin(hash, false);
    }
    // No hash: a sign, over which a phrase may go on, or a long number.
    const unsigned longer =
        phrase & (phrases.MayBeginPair(hash, next_hash) | (next_hash == 0));
    const unsigned symbol = (cue.symbol_needs & has) != 0 ? 1 : 0;
    found_anchors[anchor_count] = i;
    anchor_count += (phrase >> 1 & 1) | (longer & 1) | symbol;
    found_shapes[shape_count] = i;
    shape_count += (cue.shape_needs & has) != 0 ? 1 : 0;
  }
  anchors->resize(anchor_count);
  shapes->resize(shape_count);
}

}  // namespace phiwire
