// SPDX-License-Identifier: Apache-2.0

#include "rules/passes.h"

#include <algorithm>

#include "rules/softmax.h"

namespace phiwire {

bool IsTarget(const DocumentView& view, std::size_t i) {
  return IsWordLike(view.token(i));
}

void Evidence::Reset(std::size_t tokens) {
  slots_.assign(tokens, 0);
  entries_.clear();
  entries_.emplace_back();
  weighed_.clear();
}

TokenEvidence& Evidence::Make(std::size_t i) {
  if (slots_[i] == 0) {
    slots_[i] = static_cast<std::uint32_t>(entries_.size());
    entries_.emplace_back();
    weighed_.push_back(static_cast<std::uint32_t>(i));
  }
  return entries_[slots_[i]];
}

void Evidence::Set(std::size_t i, const GroupScores& scores) {
  GroupScores probabilities = scores;
  ToProbabilities(&probabilities);
  Set(i, scores, probabilities);
}

void Evidence::Set(std::size_t i, const GroupScores& scores,
                   const GroupScores& probabilities) {
  TokenEvidence& entry = Make(i);
  entry.scores = scores;
  entry.probabilities = entry.final_probabilities = probabilities;
}

void Elsewhere::Build(const DocumentView& view, const Evidence& evidence) {
  for (const std::uint32_t use : touched_) entries_[use] = Entry{};
  touched_.clear();
  entries_.resize(std::max(entries_.size(), view.use_count()));
  for (const std::uint32_t i : evidence.weighed()) {
    const std::uint32_t use = view.view(i).use;
    Entry& entry = entries_[use];
    touched_.push_back(use);
    const float phi = evidence.phi(i);
    entry.sum += phi;
    const GroupScores& p = evidence[i].probabilities;
    const auto group = static_cast<std::uint8_t>(
        std::max_element(p.begin() + 1, p.end()) - p.begin());
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
}

}  // namespace phiwire
