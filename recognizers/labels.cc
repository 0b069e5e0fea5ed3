// SPDX-License-Identifier: Apache-2.0
//
// Whether a label of its type stands beside a candidate (confirmer.h).

#include <algorithm>

#include "base/computed.h"
#include "engine/numbered_types.h"
#include "recognizers/confirmer.h"
#include "recognizers/near_labels.h"

namespace phiwire {
namespace {

// Bytes that a label itself may take: a longer one begins outside the window.
constexpr std::uint32_t kLongestLabel = 40;

// Types whose values are numbers: a nearer label of one of them claims the
// number for itself ("Acct/MRN: 123"). Names and dates have labels that are
// everyday words ("from", "on"), which claim nothing.
constexpr bool ClaimsNumbers(PhiType type) {
  return IsNumbered(type) || type == PhiType::kZip;
}

// Between a label and its value: no digit, no end of a clause, and a line end
// only when the label ends its line.
bool GapAllows(std::string_view gap) {
  bool words = false;
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const char c = gap[i];
    if (c >= '0' && c <= '9') return false;
    if (c == ';') return false;
    if (c == '\n' && (words || gap.find('\n', i + 1) != gap.npos)) return false;
    words = words || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
  return true;
}

// "617-555-0143 (fax)": right behind it, and not a label of what follows.
bool FollowsAsNote(std::string_view text, std::uint32_t end,
                   const ContextHit& context) {
  if (context.begin < end || context.begin > end + 2) return false;
  std::size_t i = context.end;
  while (i < text.size() && (text[i] == ' ' || text[i] == '.')) ++i;
  if (i == text.size()) return true;
  const char c = text[i];
  return !(c == ':' || c == '#' || c == '(' || c == '+' || c == '=' ||
           (c >= '0' && c <= '9'));
}

}  // namespace

void NearLabels::Look(const std::vector<ContextHit>& contexts,
                      std::uint32_t begin) {
  begin_ = begin;
  size_ = contexts.size();
  types_ = 0;
  while (cursor_ > 0 && contexts[cursor_ - 1].begin > begin) --cursor_;
  while (cursor_ < size_ && contexts[cursor_].begin <= begin) ++cursor_;
  // Some at once, as where the last near one stands can't be guessed.
  constexpr std::size_t kAtOnce = 4;
  bool near = true;
  for (std::size_t i = cursor_; near && i > 0;) {
    const std::size_t to = i - std::min(i, kAtOnce);
    while (i > to) {
      near = contexts[--i].begin + reach_ >= begin;
      types_ |= Computed(near) << static_cast<unsigned>(contexts[i].type);
    }
  }
  near = true;
  for (std::size_t i = cursor_; near && i < size_;) {
    const std::size_t to = std::min(size_, i + kAtOnce);
    for (; i < to; ++i) {
      near = contexts[i].begin <= begin + kBehind;
      types_ |= Computed(near & contexts[i].after)
                << static_cast<unsigned>(contexts[i].type);
    }
  }
}

std::uint32_t CatalogueConfirmer::LabelReach() const {
  std::uint32_t reach = 0;
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    const TypeEntry& entry = catalogue_.type(static_cast<PhiType>(t));
    reach = std::max(reach, entry.distance);
  }
  return reach + kLongestLabel;
}

bool CatalogueConfirmer::Labelled(const Document& d, PhiType type,
                                  std::uint32_t begin, std::uint32_t end,
                                  std::size_t behind) const {
  const std::uint32_t distance = catalogue_.type(type).distance;
  const auto from = d.contexts.begin() + static_cast<std::ptrdiff_t>(behind);
  std::uint32_t claimed = 0;  // begin of a nearer label of another number
  for (auto it = from; it != d.contexts.begin();) {
    --it;
    if (it->begin + distance + kLongestLabel < begin) break;
    if (it->after || it->end > begin) continue;
    if (it->type == type) {
      if (claimed != 0 && it->end <= claimed) return false;
      if (begin - it->end > distance) continue;
      if (GapAllows(d.text.substr(it->end, begin - it->end))) return true;
    } else if (ClaimsNumbers(it->type)) {
      claimed = it->begin;
    }
  }
  for (auto it = from; it != d.contexts.end() && it->begin <= end + 2; ++it) {
    if (it->after && it->type == type && FollowsAsNote(d.text, end, *it)) {
      return true;
    }
  }
  return false;
}

}  // namespace phiwire
