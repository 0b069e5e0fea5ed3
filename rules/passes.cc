// SPDX-License-Identifier: Apache-2.0

#include "rules/passes.h"

#include <algorithm>

#include "rules/softmax.h"

namespace phiwire {

void Evidence::Reset(std::size_t tokens) {
  slots_.Reset(tokens);
  entries_.resize(std::max<std::size_t>(entries_.size(), 1));
  scores_.resize(entries_.size());
  size_ = 1;
}

void Evidence::Set(std::size_t i, const TokenScores& scores) {
  GroupScores probabilities = scores.scores;
  ToProbabilities(&probabilities);
  Set(i, scores, probabilities);
}

void Elsewhere::Start(const DocumentView& view,
                      std::span<const std::uint32_t> asked) {
  for (const std::uint32_t use : touched_) entries_[use] = Entry{};
  touched_.clear();
  entries_.resize(std::max(entries_.size(), view.use_count()));
  for (const std::uint32_t i : asked) {
    touched_.push_back(view.use_index(i));
    entries_[touched_.back()].asked = true;
  }
}

void Elsewhere::Add(const DocumentView& view, const Evidence& evidence,
                    std::uint32_t i) {
  Entry& entry = entries_[view.use_index(i)];
  if (!entry.asked) return;
  const float phi = evidence.phi(i);
  entry.sum += phi;
  const GroupScores& p = evidence[i].probabilities;
  const auto group = static_cast<std::uint8_t>(Likeliest(p));
  if (phi > entry.best) {
    entry.second = entry.best;
    entry.second_group = entry.group;
    entry.best = phi;
    entry.group = group;
    entry.best_token = i;
  } else if (phi > entry.second) {
    entry.second = phi;
    entry.second_group = group;
  }
}

void DocumentMemory::Build(const DocumentView& view, const Evidence& evidence,
                           std::span<const std::uint32_t> asked) {
  elsewhere.Start(view, asked);
  initials.Clear();
  if (asked.empty()) return;
  const bool any =
      std::any_of(asked.begin(), asked.end(),
                  [&](std::uint32_t i) { return Initials::MayBe(view, i); });
  const std::span<const std::uint32_t> weighed = evidence.weighed();
  for (std::size_t k = 0; k < weighed.size(); ++k) {
    const std::uint32_t i = weighed[k];
    evidence.AskBehind(i);
    view.AskBehind(weighed, k, DocumentView::kFastAhead);
    elsewhere.Add(view, evidence, i);
    if (any) initials.Add(view, evidence, i);
  }
  initials.Sort();
}

namespace {

char Letter(std::string_view word, std::size_t i) {
  return static_cast<char>(word[i] | 0x20);
}

std::uint32_t InitialsKey(char a, char b, char c = 0) {
  return static_cast<std::uint32_t>(static_cast<unsigned char>(a)) << 16 |
         static_cast<std::uint32_t>(static_cast<unsigned char>(b)) << 8 |
         static_cast<unsigned char>(c);
}

bool IsNameSoFar(const DocumentView& view, const Evidence& evidence,
                 std::size_t i) {
  const Token& t = view.token(i);
  constexpr float kMoreLikely = 0.5f;
  const bool name =
      evidence[i].probabilities[static_cast<std::size_t>(Group::kName)] >
      kMoreLikely;
  // One question for the processor to guess.
  return name & (t.kind == TokenKind::kWord) & (t.letter_case != Case::kLower);
}

}  // namespace

void Initials::Add(const DocumentView& view, const Evidence& evidence,
                   std::size_t i) {
  const std::int32_t next = view.next_word(i);
  if (next < 0 || !IsNameSoFar(view, evidence, i)) return;
  const auto k = static_cast<std::size_t>(next);
  if (view.line_of(k) != view.line_of(i) || !IsNameSoFar(view, evidence, k)) {
    return;
  }
  const char a = Letter(view.surface(i), 0), b = Letter(view.surface(k), 0);
  keys_.push_back(InitialsKey(a, b));
  keys_.push_back(InitialsKey(b, a));
  const std::int32_t third = view.next_word(k);
  if (third < 0) return;
  const auto m = static_cast<std::size_t>(third);
  if (view.line_of(m) != view.line_of(i) || !IsNameSoFar(view, evidence, m)) {
    return;
  }
  const char c = Letter(view.surface(m), 0);
  keys_.push_back(InitialsKey(a, b, c));
  keys_.push_back(InitialsKey(b, c, a));  // "DOE, JOHN Q"
  keys_.push_back(InitialsKey(a, c));
}

void Initials::Sort() { std::sort(keys_.begin(), keys_.end()); }

bool Initials::Has(std::string_view word) const {
  const std::uint32_t key =
      word.size() == 2
          ? InitialsKey(Letter(word, 0), Letter(word, 1))
          : InitialsKey(Letter(word, 0), Letter(word, 1), Letter(word, 2));
  return std::binary_search(keys_.begin(), keys_.end(), key);
}

}  // namespace phiwire
