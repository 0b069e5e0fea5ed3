// SPDX-License-Identifier: Apache-2.0

#include "recognizers/phrase_table.h"

#include <algorithm>
#include <tuple>

#include "base/fold.h"
#include "base/lexicon.h"

namespace phiwire {
namespace {

// "#" is part of a phrase; it is no word, so its token is told by the symbol.
const std::uint32_t kNumberSign = HashWord("#");

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The folded phrase cut as the tokeniser cuts text.
std::vector<std::uint32_t> HashesOf(std::string_view phrase) {
  const std::string text = Folded(phrase);
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '#') out.push_back(kNumberSign);
    if (!IsWordByte(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size()) {
      const bool inner = text[end] == '\'' && end + 1 < text.size() &&
                         IsWordByte(text[end + 1]);
      const bool possessive =
          inner && text[end + 1] == 's' &&
          (end + 2 == text.size() || !IsWordByte(text[end + 2]));
      if (!IsWordByte(text[end]) && (!inner || possessive)) break;
      ++end;
    }
    out.push_back(HashWord(std::string_view(text).substr(i, end - i)));
    i = end;
  }
  return out;
}

bool MayStandBetween(const Token& t) {
  if (t.kind != TokenKind::kPunct) return false;
  switch (t.symbol) {
    case '.':
    case '-':
    case '/':
    case '\'':
    case ',':
    case '&':
    case '_':
    case 0x80:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool PhraseTable::Add(std::string_view phrase, PhraseUse use) {
  std::vector<std::uint32_t> hashes = HashesOf(phrase);
  if (hashes.empty() || hashes[0] == kNumberSign) return false;
  added_.emplace_back(std::move(hashes), use);
  return true;
}

void PhraseTable::Build() {
  // By first word, then the longest first, equal phrases side by side.
  std::stable_sort(
      added_.begin(), added_.end(), [](const Added& a, const Added& b) {
        const auto key = [](const Added& x) {
          return std::make_tuple(x.first[0],
                                 -static_cast<long>(x.first.size()));
        };
        return key(a) != key(b) ? key(a) < key(b) : a.first < b.first;
      });
  for (std::size_t i = 0; i < added_.size(); ++i) {
    const auto& [hashes, use] = added_[i];
    if (i == 0 || hashes != added_[i - 1].first) {
      first_.push_back(hashes[0]);
      phrases_.push_back({static_cast<std::uint32_t>(rest_.size()),
                          static_cast<std::uint32_t>(hashes.size() - 1),
                          static_cast<std::uint32_t>(uses_.size()), 0, 0});
      rest_.insert(rest_.end(), hashes.begin() + 1, hashes.end());
    }
    uses_.push_back(use);
    ++phrases_.back().uses_count;
    phrases_.back().cases |= use.cases;
  }
  added_.clear();
  BuildGroups();
}

void PhraseTable::BuildGroups() {
  std::size_t size = 64;
  while (size < 2 * first_.size()) size *= 2;
  groups_.assign(size, {});
  mask_ = size - 1;
  for (std::uint32_t p = 0; p < first_.size();) {
    std::uint32_t end = p;
    while (end < first_.size() && first_[end] == first_[p]) ++end;
    std::size_t slot = first_[p] & mask_;
    while (groups_[slot].hash != 0) slot = (slot + 1) & mask_;
    Group& group = groups_[slot];
    group.hash = first_[p];
    group.begin = p;
    group.end = end;
    for (group.singles = p; group.singles < end; ++group.singles) {
      const Phrase& phrase = phrases_[group.singles];
      if (phrase.rest_count == 0) break;
      group.longer = true;
      group.seconds |= std::uint64_t{1} << (rest_[phrase.rest_begin] & 63);
    }
    for (std::uint32_t i = p; i < end; ++i) {
      group.cases |= phrases_[i].cases;
      AddToFilters(first_[p], phrases_[i]);
    }
    p = end;
  }
}

void PhraseTable::AddToFilters(std::uint32_t first, const Phrase& phrase) {
  const bool longer = phrase.rest_count != 0;
  const std::uint64_t bit = std::uint64_t{longer ? 1U : 2U}
                            << (2 * (first & 31));
  const std::size_t word = (first >> 5) % kFilterWords;
  filter_[word] |= bit;
  if ((phrase.cases & BitOf(Case::kLower)) != 0) {
    filter_[kFilterWords + word] |= bit;
  }
  if (longer) {
    const std::uint32_t second = rest_[phrase.rest_begin];
    const std::uint32_t pair = PairOf(first, second);
    pairs_[(pair >> 6) % kPairWords] |= std::uint64_t{1} << (pair & 63);
  }
}

std::size_t PhraseTable::NextWord(const Document& d, std::size_t i) {
  std::size_t skipped = 0;
  bool line_end = false;
  for (; i < d.tokens.size(); ++i) {
    const Token& t = d.tokens[i];
    if (t.kind == TokenKind::kNewline && !line_end) {
      line_end = true;
    } else if (!MayStandBetween(t) || ++skipped > 2) {
      break;
    }
  }
  return i;
}

std::uint32_t PhraseTable::HashAt(const Document& d, std::size_t i) {
  if (i >= d.tokens.size()) return 0;
  const Token& t = d.tokens[i];
  const bool sign = t.kind == TokenKind::kPunct && t.symbol == '#';
  if (sign) return kNumberSign;
  return t.hash == kNumberSign ? 0 : t.hash;
}

std::size_t PhraseTable::MatchRest(const Document& d, std::size_t i,
                                   const Phrase& phrase) const {
  for (std::uint32_t r = 1; r < phrase.rest_count; ++r) {
    i = NextWord(d, i);
    if (HashAt(d, i) != rest_[phrase.rest_begin + r]) return 0;
    ++i;
  }
  return i;
}

}  // namespace phiwire
