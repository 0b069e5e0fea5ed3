// SPDX-License-Identifier: Apache-2.0

#include "rules/known_names_reader.h"

#include <string_view>

#include "base/fold.h"
#include "rules/edit_distance.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

constexpr std::uint32_t kMinSlipLength = 4;  // five letters less one

bool IsCapital(const Token& t) {
  return t.letter_case == Case::kTitle || t.letter_case == Case::kUpper ||
         t.letter_case == Case::kMixed;
}

bool IsLowerCommon(const Document& d, std::size_t token) {
  return d.tokens[token].letter_case == Case::kLower && IsCommonWord(d, token);
}

KnownMatch Proof(std::size_t first, std::size_t last) {
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last),
          PhiType::kName, 0};
}

constexpr KnownMatch kNone = {1, 0, PhiType::kName, 0};

}  // namespace

KnownNames::Reader::Gap KnownNames::Reader::GapBetween(std::size_t a,
                                                       std::size_t b) const {
  Gap gap;
  gap.joins = b - a <= 3;
  for (std::size_t i = a + 1; i < b; ++i) {
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::kNewline) {
      gap.joins = gap.joins && !gap.newline;
      gap.newline = true;
      continue;
    }
    switch (t.symbol) {
      case ',':
        gap.comma = true;
        break;
      case '^':
        gap.caret = true;
        break;
      case '-':
      case '_':
        gap.dash = true;
        break;
      case '.':
        gap.period = true;
        break;
      case '\'':
      case '"':
        break;
      default:
        gap.joins = false;
    }
  }
  // A sentence ends after "Mark. ", no initial does.
  if (gap.period && !IsInitial(a) && tokens_[b].space_before) gap.joins = false;
  return gap;
}

std::optional<std::size_t> KnownNames::Reader::Next(std::size_t at,
                                                    Gap* gap) const {
  const std::size_t next = NextWordToken(tokens_, at, 2);
  if (next >= tokens_.size()) return std::nullopt;
  *gap = GapBetween(at, next);
  if (!gap->joins || tokens_[next].kind != TokenKind::kWord) {
    return std::nullopt;
  }
  return next;
}

bool KnownNames::Reader::IsInitial(std::size_t i) const {
  const Token& t = tokens_[i];
  return t.kind == TokenKind::kWord && t.end - t.begin == 1;
}

KnownNames::Reader::PartsHere KnownNames::Reader::PartsAt(std::size_t i) const {
  PartsHere here;
  std::uint32_t hash = tokens_[i].hash;
  std::size_t last = i;
  while (here.count < here.items.size()) {
    const Part* part = names_.parts_.Find(hash);
    if (part == nullptr) break;
    if ((part->roles & (kFirst | kLast)) != 0) {
      here.items[here.count++] = {hash, part->roles, last};
    }
    if ((part->roles & kPrefix) == 0) break;
    Gap gap;
    const auto next = Next(last, &gap);
    if (!next || gap.comma || gap.caret) break;
    hash = JoinHashes(hash, tokens_[*next].hash);
    last = *next;
  }
  return here;
}

// "will hope" is no name in lower case, nor is "May brown" for many people.
bool KnownNames::Reader::Accepts(const Seen& a, std::size_t a_first,
                                 const Seen& b, std::size_t b_first) const {
  bool lower = false;    // a part is a common word in lower case
  bool telling = false;  // another is no common word at all
  bool capital = false;
  for (const auto& [seen, first] :
       {std::pair(&a, a_first), std::pair(&b, b_first)}) {
    bool part_lower = true;
    bool part_telling = false;
    for (std::size_t i = first; i <= seen->last; ++i) {
      if (!IsWordToken(tokens_[i])) continue;
      part_lower = part_lower && IsLowerCommon(document_, i);
      part_telling = part_telling || !IsCommonWord(document_, i);
      capital = capital || IsCapital(tokens_[i]);
    }
    lower = lower || part_lower;
    telling = telling || part_telling;
  }
  return !lower || telling || (names_.few_ && capital);
}

// Initials and middle names behind a reversed name, the second half of a
// double surname behind a straight one.
std::size_t KnownNames::Reader::Extend(std::size_t last, bool reversed,
                                       bool caret) const {
  for (int step = 0; step < 2; ++step) {
    Gap gap;
    const auto next = Next(last, &gap);
    if (!next || gap.newline || gap.comma) break;
    const Token& t = tokens_[*next];
    const bool half = gap.dash && !t.space_before && IsCapital(t);
    const bool middle = reversed && t.letter_case == Case::kInitial;
    const bool component = caret && gap.caret;
    if (!half && !middle && !component) break;
    last = *next;
  }
  return last;
}

// The last token of a full name that begins with `part` at token i.
std::optional<std::size_t> KnownNames::Reader::PairWith(
    std::size_t i, const Seen& part) const {
  std::size_t at = part.last;
  bool comma = false;
  bool caret = false;
  for (int skipped = 0; skipped <= 2; ++skipped) {
    Gap gap;
    const auto next = Next(at, &gap);
    if (!next || (skipped > 0 && gap.newline)) break;
    comma = comma || gap.comma;
    caret = caret || gap.caret;
    const PartsHere others = PartsAt(*next);
    for (std::size_t k = others.count; k-- > 0;) {
      const Seen& other = others.items[k];
      if (!Accepts(part, i, other, *next)) continue;
      if (!comma && names_.HasPair(part.hash, other.hash)) {
        return Extend(other.last, false, caret);
      }
      if (skipped == 0 && names_.HasPair(other.hash, part.hash)) {
        return Extend(other.last, true, caret);
      }
    }
    const Token& t = tokens_[*next];
    if (skipped == 0 && t.letter_case == Case::kInitial &&
        names_.HasPair(t.hash, part.hash) && !IsLowerCommon(document_, i) &&
        (!IsCommonWord(document_, i) || gap.comma || gap.caret)) {
      return Extend(*next, true, caret);
    }
    const bool middle =
        t.letter_case == Case::kInitial ||
        (IsInitial(*next) && !IsCommonWord(document_, *next)) ||
        (IsCapital(t) && (names_.few_ || !IsCommonWord(document_, *next)));
    if (!middle || gap.newline) break;
    at = *next;
  }
  return std::nullopt;
}

// "J. Doe", "J. Q. Doe".
std::optional<std::size_t> KnownNames::Reader::InitialsFrom(
    std::size_t i) const {
  std::size_t at = i;
  bool period = false;
  for (int step = 0; step < 2; ++step) {
    Gap gap;
    const auto next = Next(at, &gap);
    if (!next || gap.comma || gap.newline) break;
    period = period || gap.period;
    const Token& t = tokens_[*next];
    const bool solid = IsCommonWord(document_, *next)
                           ? period && IsCapital(t)
                           : period ||
                                 (IsCapital(t) && IsCapital(tokens_[i])) ||
                                 tokens_[i].letter_case == Case::kInitial;
    const PartsHere parts = PartsAt(*next);
    for (std::size_t k = parts.count; solid && k-- > 0;) {
      if (names_.HasPair(tokens_[i].hash, parts.items[k].hash)) {
        return Extend(parts.items[k].last, false, gap.caret);
      }
    }
    if (!IsInitial(*next)) break;
    at = *next;
  }
  return std::nullopt;
}

// Whether a token may be a name with a slip: no word of the language.
bool KnownNames::Reader::MaySlip(std::size_t i) const {
  const Token& t = tokens_[i];
  if (t.kind != TokenKind::kWord || t.end - t.begin < kMinSlipLength) {
    return false;
  }
  constexpr std::uint16_t kWords =
      kLexDictionary | kLexStop | kLexMedical | kLexDrug;
  return (document_.facts(i).lex.flags & kWords) == 0;
}

void KnownNames::Reader::Similar(std::size_t i, int most,
                                 std::vector<std::uint32_t>* out) const {
  std::array<char, 2 * kMaxEditWord> folded;
  const Token& t = tokens_[i];
  const std::size_t n = FoldWord(
      document_.text.substr(t.begin, t.end - t.begin), std::span(folded));
  names_.Similar(std::string_view(folded.data(), n), most, out);
}

bool KnownNames::Reader::SimilarPair(std::size_t i, std::size_t j) const {
  const auto pairs = [this](std::uint32_t a, std::uint32_t b) {
    return names_.HasPair(a, b) || names_.HasPair(b, a);
  };
  std::vector<std::uint32_t> a;
  std::vector<std::uint32_t> b;
  // Only a word that is in some name can be the half without a slip.
  const bool known_i = names_.parts_.Find(tokens_[i].hash) != nullptr;
  const bool known_j = names_.parts_.Find(tokens_[j].hash) != nullptr;
  const bool slip_i = MaySlip(i);
  const bool slip_j = MaySlip(j);
  if (known_i && slip_j) {
    Similar(j, 2, &b);
    for (const std::uint32_t h : b) {
      if (pairs(tokens_[i].hash, h)) return true;
    }
  }
  if (known_j && slip_i) {
    Similar(i, 2, &a);
    for (const std::uint32_t h : a) {
      if (pairs(h, tokens_[j].hash)) return true;
    }
  }
  if (!slip_i || !slip_j || (known_i && known_j)) return false;
  Similar(i, 1, &a);
  if (a.empty()) return false;
  Similar(j, 1, &b);
  for (const std::uint32_t x : a) {
    for (const std::uint32_t y : b) {
      if (pairs(x, y)) return true;
    }
  }
  return false;
}

// A full name of two words, one or both with a slip.
std::optional<std::size_t> KnownNames::Reader::SimilarFrom(std::size_t i,
                                                           bool known) const {
  if (IsLowerCommon(document_, i) || (!known && !MaySlip(i))) {
    return std::nullopt;
  }
  std::size_t at = i;
  for (int skipped = 0; skipped <= 1; ++skipped) {
    Gap gap;
    const auto next = Next(at, &gap);
    if (!next || gap.newline) break;
    const Token& t = tokens_[*next];
    if (IsInitial(*next)) {
      at = *next;
      continue;
    }
    if (IsLowerCommon(document_, *next)) break;
    // In lower case there is nothing to tell names from other rare words.
    const bool other = names_.parts_.Find(t.hash) != nullptr;
    const bool capitals = IsCapital(t) && IsCapital(tokens_[i]);
    if (!known && !other && !capitals) break;
    if (SimilarPair(i, *next)) {
      return Extend(*next, gap.comma || gap.caret, gap.caret);
    }
    break;
  }
  return std::nullopt;
}

KnownMatch KnownNames::Reader::Match(std::size_t i) const {
  const Token& t = tokens_[i];
  if (t.kind != TokenKind::kWord) return kNone;
  if (IsInitial(i)) {
    const auto last = InitialsFrom(i);
    if (last) return Proof(i, *last);
  }
  const PartsHere parts = PartsAt(i);
  for (std::size_t k = parts.count; k-- > 0;) {
    const auto last = PairWith(i, parts.items[k]);
    if (last) return Proof(i, *last);
  }
  const auto similar = SimilarFrom(i, parts.count > 0);
  if (similar) return Proof(i, *similar);
  if (parts.count == 0 || !IsCapital(t)) return kNone;
  const Seen& lone = parts.items[parts.count - 1];
  if ((lone.roles & kLone) == 0) return kNone;
  if (names_.few_) return Proof(i, lone.last);
  constexpr std::uint16_t kWords =
      kLexDictionary | kLexStop | kLexMedical | kLexDrug | kLexEponym;
  if ((document_.facts(i).lex.flags & kWords) != 0) return kNone;
  KnownMatch match = Proof(i, lone.last);
  match.evidence = kLoneNameEvidence;
  return match;
}

}  // namespace phiwire
