// SPDX-License-Identifier: Apache-2.0

#include "rules/scorer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/ask_ahead.h"
#include "rules/features_inl.h"
#include "rules/passes_inl.h"
#include "rules/softmax.h"
#include "rules/token_marks.h"

// Everything it calls is drawn into it, so that sums stay in registers. Clones
// for AVX2 gave nothing that could be measured, and their resolvers upset TSan.
#define PHIWIRE_HOT [[gnu::flatten]]

namespace phiwire {
namespace {

// Words on either side that count.
constexpr std::size_t kReach = 3;
// Tokens ahead that the filter asks memory for.
constexpr std::size_t kAhead = 256;

// The filter's weights of a feature with few values.
std::vector<std::int16_t> Table(const WeightTable& weights, Feature f,
                                std::uint32_t values) {
  std::vector<std::int16_t> table(values, 0);
  for (std::uint32_t v = 0; v < values; ++v) {
    const WeightTable::Row* row =
        weights.Find(FeatureKey(static_cast<std::uint32_t>(f), v));
    if (row != nullptr) table[v] = (*row)[1];
  }
  return table;
}

// Keeps the evidence when it settles the token.
bool Settle(const SumLanes& lanes, std::uint32_t i, Evidence* evidence) {
  // The others' share is at least the second's: most are told by that.
  constexpr int kLead = static_cast<int>(3.85f * kWeightScale);
  static_assert(kSettledNone >= 0.02f && kSettledGroup <= 0.98f);
  if (!lanes.Leads(kLead)) return false;
  const GroupScores scores = lanes.scores();
  GroupScores probabilities = scores;
  ToProbabilities(&probabilities);
  if (!Settled(probabilities)) return false;
  evidence->Set(i, {scores}, probabilities);
  return true;
}

}  // namespace

Scorer::Scorer(Weights weights, FeatureContext context, const ClassMasks& masks)
    : weights_(std::move(weights)),
      context_(std::move(context)),
      masks_(masks),
      small_({&weights_.words, &weights_.whole}, context_),
      document_small_({&weights_.document}, context_),
      mark_before_(Table(weights_.filter, Feature::kWordM1, kMarkCount)),
      mark_after_(Table(weights_.filter, Feature::kWordP1, kMarkCount)),
      cover_(Table(weights_.filter, Feature::kCoverType, kNoCover + 1)),
      label_(Table(weights_.filter, Feature::kContext, kLabelCount)) {
  if (context_.rules == nullptr) return;
  const ContextRules& rules = *context_.rules;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const std::uint32_t key =
        FeatureKey(static_cast<std::uint32_t>(Feature::kRule), rules.hash(r));
    if (weights_.document.Find(key) != nullptr) continue;
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

// What the token itself and the words around it give.
Lanes<2> Scorer::WordSums(const DocumentView& view, std::size_t i,
                          FullMemo* memo, KeyBuffer* keys) const {
  const auto sums = [&](std::size_t k) __attribute__((always_inline))
                        ->const FullSums& {
    const FullSums* const known = memo->Find(view.id(k));
    if (known != nullptr) [[likely]]
      return *known;
    return NewSums(view, k, memo, keys);
  };
  Lanes<2> total;
  total.Add(sums(i).own);
  const std::size_t word = view.word_of(i);
  const std::size_t before = std::min(word, kReach);
  const std::size_t behind = std::min(view.words().size() - 1 - word, kReach);
  const std::uint32_t* const at = view.words().data() + word;
  for (std::size_t d = 1; d <= before; ++d) {
    total.Add(sums(*(at - d)).near[kReach - d]);
  }
  for (std::size_t d = 1; d <= behind; ++d) {
    total.Add(sums(at[d]).near[kReach - 1 + d]);
  }
  return total;
}

// Asks for what WordSums will read of token i, but near a text's ends: in notes
// of many words these stand in no cache near.
[[gnu::always_inline]] inline void AskForSums(const DocumentView& view,
                                              std::size_t i,
                                              const FullMemo& memo) {
  const std::size_t word = view.word_of(i);
  if (word < kReach || word + kReach >= view.words().size()) return;
  const std::uint32_t* const at = view.words().data() + word;
  memo.Prefetch(view.id(i), 0);
  for (std::size_t d = 1; d <= kReach; ++d) {
    memo.Prefetch(view.id(*(at - d)), kReach - d);
    memo.Prefetch(view.id(at[d]), kReach - 1 + d);
  }
}

// The filter's sums of tokens first - 1 to last, where the edges of the text
// count as tokens.
void Scorer::GatherThin(std::size_t first, std::size_t last,
                        ScoreWork* work) const {
  const DocumentView& view = work->view;
  const std::size_t rows = last - first + 2;
  if (work->thin.size() < rows) work->thin.resize(rows);
  ThinSums* row = work->thin.data();
  ThinSums edge;
  if (first == 0) {
    edge.before = mark_before_[kEdge];
    *row++ = edge;
  }
  const std::size_t end = std::min(last + 1, view.size());
  const std::uint32_t* const ids = view.document().ids.data();
  for (std::size_t i = first == 0 ? 0 : first - 1; i < end; ++i) {
    AskAhead(ids + i, kAhead);
    ThinSums& sums = work->thin_memo[ids[i]];
    if (!sums.known) sums = ThinOf(view, i, &work->keys);
    *row++ = sums;
  }
  edge.after = mark_after_[kEdge];
  if (last == view.size()) *row = edge;
}

// By blocks of words, whose sums stay in the nearest caches.
void Scorer::Filter(ScoreWork* work) const {
  constexpr std::size_t kBlock = 512;
  work->thin_memo.Start(*work->view.document().words);
  work->passed.clear();
  std::array<ThinSums, 2> before{};
  const std::size_t words = work->view.words().size();
  for (std::size_t w = 0; w < words; w += kBlock) {
    FilterBlock(w, std::min(w + kBlock, words), &before, work);
  }
}

// A word's score: its own, the two words' on either side, the marks' beside
// it, the recognizers' and the label's. `before`: the two before the block, and
// then those before the next one.
void Scorer::FilterBlock(std::size_t begin, std::size_t end,
                         std::array<ThinSums, 2>* before,
                         ScoreWork* work) const {
  const DocumentView& view = work->view;
  const std::span<const std::uint32_t> words(view.words());
  const std::size_t first = words[begin];
  GatherThin(first, words[std::min(end + 1, words.size() - 1)] + 1, work);
  // By token; nothing behind the last word.
  const ThinSums* const rows = work->thin.data() + 1;
  const ThinSums nothing;
  const auto sums = [&](std::size_t w) {
    return w < words.size() ? rows + (words[w] - first) : &nothing;
  };
  // Sums are of sixteen bits: beyond these bounds all pass, or none.
  constexpr float kBound = 1 << 20;
  const auto least = static_cast<int>(std::ceil(
      std::clamp(weights_.filter_threshold * kWeightScale, -kBound, kBound)));
  std::size_t passed = work->passed.size();
  work->passed.resize(passed + end - begin);
  std::uint32_t* const passed_words = work->passed.data();
  const std::array<ThinSums, 2> earlier = *before;
  const ThinSums* last2 = &earlier[0];
  const ThinSums* last = &earlier[1];
  const ThinSums* own = sums(begin);
  const ThinSums* next = sums(begin + 1);
  for (std::size_t w = begin; w < end; ++w) {
    const std::uint32_t i = words[w];
    view.AskForMarks(i + kAhead);
    const ThinSums* const next2 = sums(w + 2);
    const int score = own->own + last2->near[0] + last->near[1] +
                      next->near[2] + next2->near[3] + own[-1].before +
                      own[1].after + cover_[CoverValue(view, i)] +
                      label_[view.label_value(i)];
    passed_words[passed] = i;
    passed += score >= least ? 1 : 0;
    last2 = last;
    last = own;
    own = next;
    next = next2;
  }
  work->passed.resize(passed);
  *before = {*last2, *last};
}

// Both looks at the words that passed. By blocks, so that what the first one
// read of the text is in the nearest caches for the second.
void Scorer::WeighPassed(ScoreWork* work) const {
  constexpr std::size_t kBlock = 512;
  work->evidence.Reset(work->view.size());
  work->full_memo.Start(*work->view.document().words);
  work->doubtful.clear();
  const std::size_t passed = work->passed.size();
  for (std::size_t k = 0; k < passed; k += kBlock) {
    const std::size_t end = std::min(k + kBlock, passed);
    WeighTokens(k, end, work);
    WeighHard(work);
    AddDoubtful(k, end, work);
  }
}

// passed[begin] to passed[end - 1].
PHIWIRE_HOT void Scorer::WeighTokens(std::size_t begin, std::size_t end,
                                     ScoreWork* work) const {
  const DocumentView& view = work->view;
  work->hard.clear();
  const std::span<const std::uint32_t> passed(work->passed);
  constexpr std::size_t kWordsAhead = 3;
  for (std::size_t k = begin; k < end; ++k) {
    const std::uint32_t i = passed[k];
    view.AskBehind(passed, k);
    if (k + kWordsAhead < passed.size()) {
      AskForSums(view, passed[k + kWordsAhead], work->full_memo);
    }
    SumSink<2> sink{&small_,
                    {&work->keys, &weights_.words},
                    WordSums(view, i, &work->full_memo, &work->keys)};
    FeatureExtractor<SumSink<2>>(view, context_, i, sink).Marks();
    if (!Settle(sink.sums.of(kWords), i, &work->evidence)) {
      work->hard.push_back({i, sink.sums.of(kWhole).sums()});
    }
  }
}

PHIWIRE_HOT void Scorer::WeighHard(ScoreWork* work) const {
  const DocumentView& view = work->view;
  KeySink sink{&work->keys, &weights_.whole};
  constexpr std::size_t kHardAhead = 8;
  for (std::size_t k = 0; k < work->hard.size(); ++k) {
    const HardWord& hard = work->hard[k];
    if (k + kHardAhead < work->hard.size()) {
      view.AskForCovers(work->hard[k + kHardAhead].token);
      view.AskForCandidate(work->hard[k + kHardAhead / 2].token);
    }
    work->keys.clear();
    FeatureExtractor<KeySink>(view, context_, hard.token, sink).Joint();
    SumLanes sums;
    sums.Add(hard.sums);
    weights_.whole.Sum(work->keys.data(), work->keys.size(), &sums);
    work->evidence.Set(hard.token, {sums.scores(), true});
  }
}

// Those of passed[begin] to passed[end - 1] that the document has a say in.
void Scorer::AddDoubtful(std::size_t begin, std::size_t end,
                         ScoreWork* work) const {
  std::size_t doubtful = work->doubtful.size();
  work->doubtful.resize(doubtful + end - begin);
  for (std::size_t k = begin; k < end; ++k) {
    const std::uint32_t i = work->passed[k];
    work->doubtful[doubtful] = i;
    doubtful += InDoubt(work->evidence.phi(i)) ? 1 : 0;
  }
  work->doubtful.resize(doubtful);
}

// Without site rules only tokens in doubt need the rules at all.
void Scorer::ApplyRules(ScoreWork* work) const {
  if (!site_rules_.empty()) {
    context_.rules->Apply(work->view, &work->rules);
    return;
  }
  context_.rules->Apply(work->view, work->doubtful, &work->rules);
}

PHIWIRE_HOT void Scorer::WeighDoubtful(ScoreWork* work) const {
  work->memory.Build(work->view, work->evidence, work->doubtful);
  ApplyRules(work);
  constexpr std::size_t kDoubtfulAhead = 8;
  for (std::size_t k = 0; k < work->doubtful.size(); ++k) {
    const std::uint32_t i = work->doubtful[k];
    work->view.AskBehind(work->doubtful, k);
    if (k + kDoubtfulAhead < work->doubtful.size()) {
      work->view.AskAround(work->doubtful[k + kDoubtfulAhead], kLineReach);
    }
    work->evidence.AskBehind(i);
    work->keys.clear();
    SumSink<1> sink{&document_small_, {&work->keys, &weights_.document}, {}};
    ExtractDocument(work->view, context_, work->evidence, work->memory,
                    work->rules, i, sink);
    weights_.document.Sum(work->keys.data(), work->keys.size(),
                          &sink.sums.of(0));
    TokenEvidence& evidence = work->evidence.Make(i);
    const GroupScores& before = work->evidence.scores(i).scores;
    GroupScores scores = sink.sums.of(0).scores();
    for (std::size_t g = 0; g < kGroupCount; ++g) scores[g] += before[g];
    AddSiteRules(work->rules, i, &scores);
    ToProbabilities(&scores);
    evidence.final_probabilities = scores;
  }
  if (!site_rules_.empty()) ApplySiteRules(work);
}

// A site's rule may speak for a token that all else speaks against, or against
// one that all else speaks for: it is tried there too, alone.
void Scorer::ApplySiteRules(ScoreWork* work) const {
  for (std::size_t i = 0; i < work->view.size(); ++i) {
    if (!IsTarget(work->view, i) || InDoubt(work->evidence.phi(i))) continue;
    const auto fired = work->rules.at(i);
    if (std::none_of(fired.begin(), fired.end(),
                     [&](std::uint16_t r) { return site_rules_[r] != 0; })) {
      continue;
    }
    GroupScores scores = work->evidence.scores(i).scores;
    // The filter gave no scores: it holds PHI for less likely than e^-4.
    if (work->evidence[i].probabilities[0] == 1.0f) scores[0] += 4.0f;
    AddSiteRules(work->rules, i, &scores);
    ToProbabilities(&scores);
    work->evidence.Make(i).final_probabilities = scores;
  }
}

void Scorer::Score(bool all_uses, ScoreWork* work) const {
  Filter(work);
  const bool all = all_uses || !site_rules_.empty();
  work->view.CountUses(all ? work->view.words() : work->passed, masks_);
  WeighPassed(work);
  WeighDoubtful(work);
}

}  // namespace phiwire
