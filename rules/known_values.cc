// SPDX-License-Identifier: Apache-2.0

#include "rules/known_values.h"

#include <algorithm>
#include <span>
#include <utility>

#include "rules/value_words.h"

namespace phiwire {
namespace {

// Tokens that may stand between two words of a value: ") - ".
constexpr std::size_t kMostBetween = 3;

// One word must be telling by itself: "Li" or "7" alone would hide half a
// page.
bool IsTelling(const KnownValue& value, std::size_t words) {
  if (words > 1) return true;
  return value.value.size() >= (value.type == PhiType::kName ? 2u : 4u);
}

// A known name or place that is also a word of the language ("will", "brown")
// is left to the evidence when it stands in lower case.
bool MayBeWord(const Document& d, std::size_t token, PhiType type) {
  switch (type) {
    case PhiType::kName:
    case PhiType::kCity:
    case PhiType::kCounty:
    case PhiType::kLocation:
    case PhiType::kFacility:
    case PhiType::kEmployer:
      return d.tokens[token].letter_case == Case::kLower &&
             IsCommonWord(d, token);
    default:
      return false;
  }
}

}  // namespace

KnownValueIndex::KnownValueIndex(std::span<const KnownValue> values,
                                 Telling telling)
    : telling_(telling) {
  entries_.reserve(values.size());
  hashes_.reserve(2 * values.size());
  CanonicalText canonical;
  for (const KnownValue& value : values) {
    const std::size_t begin = hashes_.size();
    AppendWordHashes(value.value, &canonical, &hashes_);
    const std::size_t words = hashes_.size() - begin;
    if (words == 0 ||
        (telling == Telling::kByValue && !IsTelling(value, words))) {
      hashes_.resize(begin);
      continue;
    }
    Entry entry;
    entry.begin = static_cast<std::uint32_t>(begin);
    entry.end = static_cast<std::uint32_t>(hashes_.size());
    entry.type = value.type;
    entry.first_hash = hashes_[begin];
    entry.second_hash = words > 1 ? hashes_[begin + 1] : 0;
    entries_.push_back(entry);
  }
  SortEntries();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i > 0 && entries_[i].first_hash == entries_[i - 1].first_hash) continue;
    starts_.Insert(entries_[i].first_hash) = static_cast<std::uint32_t>(i);
  }
}

// Of equal values the first one counts: a record may have one a thousand times.
void KnownValueIndex::SortEntries() {
  const auto words = [this](const Entry& e) {
    return std::span(hashes_).subspan(e.begin, e.end - e.begin);
  };
  std::sort(entries_.begin(), entries_.end(),
            [&](const Entry& a, const Entry& b) {
              const auto x = words(a), y = words(b);
              const auto differ =
                  std::mismatch(x.begin(), x.end(), y.begin(), y.end());
              if (differ.second == y.end()) {
                return differ.first == x.end() && a.begin < b.begin;
              }
              return differ.first == x.end() || *differ.first < *differ.second;
            });
  const auto last = std::unique(
      entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
        const auto x = words(a), y = words(b);
        return std::equal(x.begin(), x.end(), y.begin(), y.end());
      });
  entries_.erase(last, entries_.end());
}

KnownValueIndex::Best KnownValueIndex::LongestAt(const Document& document,
                                                 std::size_t token,
                                                 std::uint32_t start) const {
  Best best;
  const auto& tokens = document.tokens;
  const std::uint32_t first = tokens[token].hash;
  auto it = entries_.begin() + start;
  if (it->second_hash == 0) {
    const bool word =
        telling_ == Telling::kByValue && MayBeWord(document, token, it->type);
    if (!word) best = {1, it->type};
  }
  const std::size_t next = NextWordToken(tokens, token, kMostBetween);
  if (next >= tokens.size()) return best;
  // House numbers begin thousands of streets: only those with the next word,
  // and of these with the one behind it.
  auto end = entries_.end();
  const auto narrow = [&](const auto& key, const auto& of) {
    it = std::ranges::lower_bound(it, end, key, {}, of);
    end = std::ranges::upper_bound(it, end, key, {}, of);
  };
  narrow(std::make_pair(first, tokens[next].hash), [](const Entry& e) {
    return std::make_pair(e.first_hash, e.second_hash);
  });
  std::size_t at = next;
  for (std::uint32_t words = 2; it != end; ++words) {
    if (it->end - it->begin == words) {
      best = {at + 1 - token, it->type};
      if (++it == end) break;
    }
    at = NextWordToken(tokens, at, kMostBetween);
    if (at >= tokens.size()) break;
    narrow(tokens[at].hash,
           [&](const Entry& e) { return hashes_[e.begin + words]; });
  }
  return best;
}

void KnownValueIndex::Find(const Document& document,
                           std::vector<KnownMatch>* matches) const {
  if (entries_.empty()) return;
  for (std::size_t i = 0; i < document.tokens.size();) {
    const Token& t = document.tokens[i];
    const std::uint32_t* start =
        IsWordToken(t) ? starts_.Find(t.hash) : nullptr;
    const Best best =
        start == nullptr ? Best{} : LongestAt(document, i, *start);
    if (best.length == 0) {
      ++i;
      continue;
    }
    matches->push_back({static_cast<std::uint32_t>(i),
                        static_cast<std::uint32_t>(i + best.length - 1),
                        best.type});
    i += best.length;
  }
}

}  // namespace phiwire
