// SPDX-License-Identifier: Apache-2.0

#include "rules/scorer.h"

#include <algorithm>
#include <utility>

#include "rules/features_inl.h"
#include "rules/passes_inl.h"
#include "rules/softmax.h"
#include "rules/thin_features_inl.h"
#include "rules/token_marks.h"

namespace phiwire {
namespace {

struct KeySink {
  KeyBuffer* keys;
  const WeightTable* table;
  template <class Describe>
  [[gnu::always_inline]] void Add(Feature f, std::uint32_t value, Describe) {
    const std::uint32_t key = FeatureKey(static_cast<std::uint32_t>(f), value);
    table->Prefetch(key);
    keys->Add(key);
  }
};

constexpr std::uint32_t kCoverValues = 100;
constexpr std::uint32_t kLabelValues = 1 + 4 * kPhiTypeCount;

std::vector<float> Table(const WeightTable& weights, Feature f,
                         std::uint32_t values) {
  std::vector<float> table(values, 0);
  for (std::uint32_t v = 0; v < values; ++v) {
    table[v] = weights.Weight(FeatureKey(static_cast<std::uint32_t>(f), v), 1);
  }
  return table;
}

void AddTo(const WeightTable::Row& from, GroupSums* to) {
  for (std::size_t g = 0; g < kGroupCount; ++g) (*to)[g] += from[g];
}

WeightTable::Row Narrow(const GroupSums& sums) {
  WeightTable::Row row{};
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    row[g] = static_cast<std::int16_t>(std::clamp(sums[g], -32767, 32767));
  }
  return row;
}

}  // namespace

Scorer::Scorer(Weights weights, FeatureContext context)
    : weights_(std::move(weights)),
      context_(std::move(context)),
      mark_before_(Table(weights_.filter, Feature::kWordM1, kMarkCount)),
      mark_after_(Table(weights_.filter, Feature::kWordP1, kMarkCount)),
      cover_(Table(weights_.filter, Feature::kCoverType, kCoverValues)),
      label_(Table(weights_.filter, Feature::kContext, kLabelValues)) {
  if (context_.rules == nullptr) return;
  const ContextRules& rules = *context_.rules;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const std::uint32_t key =
        FeatureKey(static_cast<std::uint32_t>(Feature::kRule), rules.hash(r));
    if (weights_.second.Find(key) != nullptr) continue;
    site_rules_.resize(rules.size(), 0);
    site_rules_[r] = rules.log_odds(r);
  }
}

void Scorer::AddSiteRules(const RuleHits& rules, std::size_t i,
                          GroupScores* scores) const {
  if (site_rules_.empty()) return;
  for (const std::uint16_t r : rules.at(i)) {
    (*scores)[static_cast<std::size_t>(context_.rules->group(r))] +=
        site_rules_[r];
  }
}

float Scorer::FilterSum(const KeyBuffer& keys) const {
  GroupSums sums{};
  weights_.filter.Sum(keys.data(), keys.size(), &sums);
  return static_cast<float>(sums[1]) * (1.0f / kWeightScale);
}

ThinSums Scorer::ThinOf(const DocumentView& view, std::size_t i,
                        KeyBuffer* keys) const {
  ThinSums sums;
  KeySink sink{keys, &weights_.filter};
  ThinExtractor<KeySink> extractor(view, context_, i, sink);
  keys->clear();
  extractor.Own();
  sums.own = FilterSum(*keys);
  constexpr std::array<int, 4> kDistances = {-2, -1, 1, 2};
  for (std::size_t d = 0; d < kDistances.size(); ++d) {
    keys->clear();
    extractor.Neighbour(i, kDistances[d]);
    sums.near[d] = FilterSum(*keys);
  }
  return sums;
}

FullSums Scorer::FullOf(const DocumentView& view, std::size_t i,
                        KeyBuffer* keys) const {
  FullSums sums;
  KeySink sink{keys, &weights_.first};
  FeatureExtractor<KeySink> extractor(view, context_, i, sink);
  keys->clear();
  extractor.Own();
  GroupSums own{};
  weights_.first.Sum(keys->data(), keys->size(), &own);
  sums.own = Narrow(own);
  constexpr std::array<int, 6> kDistances = {-3, -2, -1, 1, 2, 3};
  for (std::size_t d = 0; d < kDistances.size(); ++d) {
    keys->clear();
    extractor.Neighbour(i, kDistances[d]);
    GroupSums near{};
    weights_.first.Sum(keys->data(), keys->size(), &near);
    sums.near[d] = Narrow(near);
  }
  return sums;
}

void Scorer::Filter(ScoreWork* work) const {
  const DocumentView& view = work->view;
  work->thin.resize(view.size());
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (!IsTarget(view, i)) continue;
    work->thin[i] = work->thin_memo.Get(view.token(i), [&](ThinSums* sums) {
      *sums = ThinOf(view, i, &work->keys);
    });
  }
  work->passed.clear();
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (!IsTarget(view, i)) continue;
    const TokenView& v = view.view(i);
    float score = work->thin[i].own;
    const auto add = [&](std::int32_t at, std::size_t slot) {
      if (at >= 0) score += work->thin[static_cast<std::size_t>(at)].near[slot];
    };
    add(v.previous_word, 1);
    add(v.next_word, 2);
    if (v.previous_word >= 0) {
      add(view.view(static_cast<std::size_t>(v.previous_word)).previous_word,
          0);
    }
    if (v.next_word >= 0) {
      add(view.view(static_cast<std::size_t>(v.next_word)).next_word, 3);
    }
    score +=
        mark_before_[MarkAt(view, i, -1)] + mark_after_[MarkAt(view, i, 1)];
    score += cover_[CoverValue(view, i)] + label_[LabelValue(view, i)];
    if (score >= weights_.filter_threshold) {
      work->passed.push_back(static_cast<std::uint32_t>(i));
    }
  }
}

void Scorer::First(ScoreWork* work) const {
  const DocumentView& view = work->view;
  work->first.Reset(view.size());
  work->doubtful.clear();
  FullSums fresh;
  const auto sums = [&](std::size_t i) -> const FullSums& {
    const Token& t = view.token(i);
    // Their shape is not in the key: a score must not hang on which of two
    // spellings came first.
    if (t.letter_case == Case::kMixed || t.kind == TokenKind::kMixed) {
      fresh = FullOf(view, i, &work->keys);
      return fresh;
    }
    return work->full_memo.Get(
        t, [&](FullSums* made) { *made = FullOf(view, i, &work->keys); });
  };
  KeySink sink{&work->keys, &weights_.first};
  for (const std::uint32_t i : work->passed) {
    GroupSums total{};
    AddTo(sums(i).own, &total);
    std::int32_t before = view.view(i).previous_word;
    std::int32_t after = view.view(i).next_word;
    for (std::size_t d = 0; d < 3; ++d) {
      if (before >= 0) {
        AddTo(sums(static_cast<std::size_t>(before)).near[2 - d], &total);
        before = view.view(static_cast<std::size_t>(before)).previous_word;
      }
      if (after >= 0) {
        AddTo(sums(static_cast<std::size_t>(after)).near[3 + d], &total);
        after = view.view(static_cast<std::size_t>(after)).next_word;
      }
    }
    work->keys.clear();
    FeatureExtractor<KeySink>(view, context_, i, sink).Joint();
    weights_.first.Sum(work->keys.data(), work->keys.size(), &total);
    GroupScores& scores = work->first.scores[i];
    scores = GroupScores{};
    AddScaled(total, &scores);
    GroupScores p = scores;
    ToProbabilities(&p);
    work->first.probabilities[i] = p;
    if (InDoubt(1.0f - p[0])) work->doubtful.push_back(i);
  }
}

// Without site rules only tokens in doubt need the rules at all.
void Scorer::ApplyRules(ScoreWork* work) const {
  if (!site_rules_.empty()) {
    context_.rules->Apply(work->view, &work->rules);
    return;
  }
  work->wanted.assign(work->view.size(), 0);
  for (const std::uint32_t i : work->doubtful) work->wanted[i] = 1;
  context_.rules->Apply(work->view, work->wanted, &work->rules);
}

void Scorer::Second(ScoreWork* work) const {
  work->elsewhere.Build(work->view, work->first);
  ApplyRules(work);
  work->final_probabilities = work->first.probabilities;
  KeySink sink{&work->keys, &weights_.second};
  for (const std::uint32_t i : work->doubtful) {
    work->keys.clear();
    ExtractSecondPass(work->view, context_, work->first, work->elsewhere,
                      work->rules, i, sink);
    GroupScores scores = work->first.scores[i];
    GroupSums sums{};
    weights_.second.Sum(work->keys.data(), work->keys.size(), &sums);
    AddScaled(sums, &scores);
    AddSiteRules(work->rules, i, &scores);
    ToProbabilities(&scores);
    work->final_probabilities[i] = scores;
  }
  if (!site_rules_.empty()) ApplySiteRules(work);
}

// A site's rule may speak for a token that all else speaks against, or against
// one that all else speaks for: it is tried there too, alone.
void Scorer::ApplySiteRules(ScoreWork* work) const {
  for (std::size_t i = 0; i < work->view.size(); ++i) {
    if (!IsTarget(work->view, i) || InDoubt(work->first.phi(i))) continue;
    const auto fired = work->rules.at(i);
    if (std::none_of(fired.begin(), fired.end(),
                     [&](std::uint16_t r) { return site_rules_[r] != 0; })) {
      continue;
    }
    GroupScores scores = work->first.scores[i];
    // The filter gave no scores: it holds PHI for less likely than e^-4.
    if (work->first.probabilities[i][0] == 1.0f) scores[0] += 4.0f;
    AddSiteRules(work->rules, i, &scores);
    ToProbabilities(&scores);
    work->final_probabilities[i] = scores;
  }
}

void Scorer::Score(ScoreWork* work) const {
  Filter(work);
  First(work);
  Second(work);
}

}  // namespace phiwire
