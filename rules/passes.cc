// SPDX-License-Identifier: Apache-2.0

#include "rules/passes.h"

#include <algorithm>

namespace phiwire {
namespace {

constexpr GroupScores kCertainlyNone = {1, 0, 0, 0, 0, 0, 0, 0};

}  // namespace

bool IsTarget(const DocumentView& view, std::size_t i) {
  return IsWordLike(view.token(i));
}

void FirstPass::Reset(std::size_t tokens) {
  scores.assign(tokens, GroupScores{});
  probabilities.assign(tokens, kCertainlyNone);
}

void Elsewhere::Build(const DocumentView& view, const FirstPass& first) {
  entries_.assign(view.size() + 1, Entry{});
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (!IsWordLike(view.token(i))) continue;
    Entry& entry = entries_[view.view(i).use];
    const float phi = first.phi(i);
    ++entry.count;
    entry.sum += phi;
    const GroupScores& p = first.probabilities[i];
    const auto group = static_cast<std::uint8_t>(
        std::max_element(p.begin() + 1, p.end()) - p.begin());
    if (phi > entry.best) {
      entry.second = entry.best;
      entry.second_group = entry.group;
      entry.best = phi;
      entry.group = group;
      entry.best_token = static_cast<std::uint32_t>(i);
    } else if (phi > entry.second) {
      entry.second = phi;
      entry.second_group = group;
    }
  }
}

}  // namespace phiwire
