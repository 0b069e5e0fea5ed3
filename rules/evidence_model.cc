// SPDX-License-Identifier: Apache-2.0

#include "rules/evidence_model.h"

#include <algorithm>
#include <cmath>

#include "base/ask_ahead.h"
#include "base/strings.h"
#include "rules/features_inl.h"
#include "rules/passes_inl.h"

namespace phiwire {
namespace {

// Terms of one group's log-odds against "none".
struct TermSink {
  const WeightTable* table;
  std::size_t group;
  std::vector<Term>* terms;
  template <class Describe>
  void Add(Feature f, std::uint32_t value, Describe describe) {
    const std::uint32_t key = FeatureKey(static_cast<std::uint32_t>(f), value);
    const double weight =
        static_cast<double>(table->Weight(key, group) - table->Weight(key, 0));
    if (weight == 0) return;
    terms->push_back({Concat({FeatureName(f), "=", describe()}), weight});
  }
};

// Near misses are reported from this share of the threshold up.
constexpr float kNearMiss = 0.3f;

}  // namespace

class EvidenceModel::Work : public Weigher::Scratch, public ScoreWork {
 public:
  Decisions decisions;
  std::vector<TokenSpan> spans;
  std::vector<KnownMatch> matches;
};

FeatureContext MakeFeatureContext(const WordClasses& classes,
                                  const Confirmer& confirmer,
                                  std::shared_ptr<const ContextRules> rules) {
  FeatureContext context(classes);
  context.rules = std::move(rules);
  for (std::uint32_t p = 0;; ++p) {
    const std::string_view name = confirmer.PatternName(p);
    if (name.empty()) break;
    context.pattern_names.emplace_back(name);
    context.pattern_hashes.push_back(HashWord(name));
  }
  return context;
}

EvidenceModel::EvidenceModel(Weights weights, const WordClasses& classes,
                             const Confirmer& confirmer,
                             std::shared_ptr<const ContextRules> rules,
                             const TypeThresholds& thresholds)
    : scorer_(std::move(weights),
              MakeFeatureContext(classes, confirmer, std::move(rules)),
              ClassMasks(classes)),
      thresholds_(thresholds),
      lowest_threshold_(
          *std::min_element(thresholds.begin(), thresholds.end())) {
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    const Group group = GroupOf(static_cast<PhiType>(t));
    float& highest = highest_thresholds_[static_cast<std::size_t>(group)];
    highest = std::max(highest, thresholds[t]);
  }
  for (const std::string& name : scorer_.context().pattern_names) {
    site_patterns_.push_back(name.starts_with("site/") ? 1 : 0);
  }
}

std::unique_ptr<Weigher::Scratch> EvidenceModel::NewScratch() const {
  return std::make_unique<Work>();
}

namespace {

// A candidate of this score whose validator agreed stands on its own.
constexpr float kStrong = 0.8f;
// One of this score stands or falls as a whole.
constexpr float kHolds = 0.5f;

// "[NAME]": what this program wrote in an earlier run, or a template's gap.
bool IsPlaceholder(const DocumentView& view, std::size_t i) {
  return i > 0 && i + 1 < view.size() && view.token(i - 1).symbol == '[' &&
         view.token(i + 1).symbol == ']' &&
         ParseType(view.surface(i)).has_value();
}

// A year by itself is no PHI under any policy (45 CFR 164.514(b)(2)(i)(C));
// one that is part of a date, or gives away an age, has a candidate.
bool IsBareYear(const DocumentView& view, std::size_t i) {
  const Token& t = view.token(i);
  if (t.kind != TokenKind::kNumber) return false;
  const std::string_view s = view.surface(i);
  const bool year =
      s.size() == 4 && (s.starts_with("19") || s.starts_with("20"));
  const bool short_year = s.size() == 2 && i > 0 && !t.space_before &&
                          view.token(i - 1).symbol == '\'';
  if (!year && !short_year) return false;
  for (const std::int32_t id : view.covers(i)) {
    if (id < 0) break;
    const Candidate& c =
        view.document().candidates[static_cast<std::size_t>(id)];
    const bool longer = c.end - c.begin > t.end - t.begin + 1;
    if ((c.type == PhiType::kAge && year) ||
        (c.type == PhiType::kDate && longer)) {
      return false;
    }
  }
  return true;
}

// "3/14", "12-2": a date of several tokens with no space in it.
bool IsGlued(const DocumentView& view, std::size_t i, const Candidate& c) {
  const TokenRun run = view.run(i);
  return run.first != run.last && c.end <= view.token(run.last).end;
}

}  // namespace

// What the model's own scores decide.
void EvidenceModel::ApplyScores(float share, Work* work) const {
  const DocumentView& view = work->view;
  work->decisions.Reset(view.size());
  const float lowest = lowest_threshold_ * share;
  const std::span<const std::uint32_t> weighed = work->evidence.weighed();
  for (std::size_t k = 0; k < weighed.size(); ++k) {
    const std::uint32_t i = weighed[k];
    const GroupScores& p = work->evidence[i].final_probabilities;
    work->evidence.AskBehind(i);
    view.AskBehind(weighed, k, DocumentView::kFastAhead);
    const float phi = 1.0f - p[0];
    if (p[0] > 0.995f || phi < lowest) continue;
    const auto group = static_cast<Group>(Likeliest(p));
    PhiType type = DefaultType(view, i, group);
    if (TypesPart(group) ||
        phi < highest_thresholds_[static_cast<std::size_t>(group)] * share) {
      type = TokenType(view, i, group);
      if (phi < thresholds_[static_cast<std::size_t>(type)] * share) continue;
    }
    if (IsPlaceholder(view, i) ||
        (group == Group::kDate && IsBareYear(view, i))) {
      continue;
    }
    work->decisions.Set(i, {group, type, phi, false});
  }
}

// Whether the candidate decides beside the model at tokens where it is the
// best that does: a site's, whose pattern the weights don't know, and those
// that must never be half hidden. Elsewhere the model alone had the better
// precision at the same recall (development notes: 0.917 against 0.914 with
// every type).
bool EvidenceModel::MayDecide(const Candidate& c) const {
  if (site_patterns_[c.pattern] != 0) return true;
  if (c.score < kHolds) return false;
  return c.type == PhiType::kAge || c.type == PhiType::kEmail ||
         (c.type == PhiType::kDate && c.valid);
}

// The candidate that decides at token i, or -1.
std::int32_t EvidenceModel::DecidingCandidate(const DocumentView& view,
                                              std::size_t i) const {
  for (const std::int32_t id : view.covers(i)) {
    if (id < 0) break;
    const Candidate& c =
        view.document().candidates[static_cast<std::size_t>(id)];
    if (!MayDecide(c)) continue;
    if (site_patterns_[c.pattern] != 0 || c.type != PhiType::kDate ||
        IsGlued(view, i, c)) {
      return id;
    }
  }
  return -1;
}

// A candidate that the model judged token by token: a strong one counts even
// where the model is unsure, and a fair one is not cut in two. The token to go
// on with.
std::size_t EvidenceModel::ApplyCandidateAt(std::size_t i, Work* work) const {
  const DocumentView& view = work->view;
  const std::int32_t id = DecidingCandidate(view, i);
  if (id < 0) return i + 1;
  const Candidate& c = view.document().candidates[static_cast<std::size_t>(id)];
  const float least = thresholds_[static_cast<std::size_t>(c.type)];
  if (least > 1.0f) return i + 1;
  const Group group = GroupOf(c.type);
  const bool site = site_patterns_[c.pattern] != 0;
  const bool stands = site || (c.valid && c.score >= kStrong);
  float phi = stands && c.score >= least ? c.score : 0;
  std::size_t end = i;
  for (; end < view.size() && view.token(end).begin < c.end; ++end) {
    if (work->decisions.Has(end) && work->decisions[end].group == group) {
      phi = std::max(phi, work->decisions[end].phi);
    }
  }
  if (phi < least) return i + 1;
  for (std::size_t k = i; k < end; ++k) {
    const bool free = site || !work->decisions.Has(k);
    if (free && IsWordLike(view.token(k)) && !IsBareYear(view, k)) {
      work->decisions.Set(k, {group, c.type, phi, false});
    }
  }
  return end;
}

void EvidenceModel::ApplyCandidates(Work* work) const {
  constexpr std::size_t kAhead = 32;
  const Document& document = work->view.document();
  std::size_t i = 0;
  for (std::size_t k = 0; k < document.candidates.size(); ++k) {
    const Candidate& c = document.candidates[k];
    AskAhead(&c, kAhead);
    if (k + kAhead < document.candidates.size()) {
      AskAhead(document.tokens.data(), work->view.first_under(k + kAhead));
    }
    if (!MayDecide(c)) continue;
    i = std::max(i, work->view.first_under(k));
    while (i < document.tokens.size() && document.tokens[i].begin < c.end) {
      i = ApplyCandidateAt(i, work);
    }
  }
}

// What speaks for token i without being proof joins the model's own odds.
void EvidenceModel::AddEvidence(std::size_t i, const KnownMatch& match,
                                float share, Work* work) const {
  if (work->decisions.Has(i) || !IsWordLike(work->view.token(i))) return;
  constexpr float kSmallest = 1e-3f;  // one word in a thousand is PHI anyway
  const float phi = std::clamp(work->evidence.phi(i), kSmallest, 1 - kSmallest);
  const float odds = phi / (1 - phi) * std::exp(match.evidence);
  const float joined = odds / (1 + odds);
  const float least = thresholds_[static_cast<std::size_t>(match.type)] * share;
  if (joined < least) return;
  work->decisions.Set(i, {GroupOf(match.type), match.type, joined, false});
}

// Known values and proofs: certain, whatever the evidence says.
void EvidenceModel::ApplyKnown(const Document& document, float share,
                               Work* work) const {
  auto decide = [&](std::size_t i, PhiType type) {
    if (thresholds_[static_cast<std::size_t>(type)] > 1.0f) return;
    if (IsWordLike(work->view.token(i))) {
      work->decisions.Set(i, {GroupOf(type), type, 1.0f, true});
    }
  };
  for (std::size_t k = 0; k < document.candidates.size(); ++k) {
    const Candidate& proof = document.candidates[k];
    if (!proof.proof) continue;
    for (std::size_t i = work->view.first_under(k);
         i < work->view.size() && document.tokens[i].begin < proof.end; ++i) {
      // Another may be the better there.
      const std::int32_t best = work->view.covers(i)[0];
      if (best < 0) continue;
      const Candidate& c = document.candidates[static_cast<std::size_t>(best)];
      if (c.proof) decide(i, c.type);
    }
  }
  work->matches.clear();
  for (const KnownMatcher* known : document.known) {
    known->Find(document, &work->matches);
  }
  for (const KnownMatch& match : work->matches) {
    for (std::size_t i = match.first; i <= match.last; ++i) {
      if (match.evidence == 0) {
        decide(i, match.type);
      } else {
        AddEvidence(i, match, share, work);
      }
    }
  }
}

std::vector<Term> EvidenceModel::Explain(const TokenSpan& span,
                                         Work* work) const {
  std::vector<Term> terms;
  const auto group = static_cast<std::size_t>(GroupOf(span.type));
  const std::size_t i = span.surest;
  if (work->evidence.scores(i).whole) {
    TermSink whole{&scorer_.weights().whole, group, &terms};
    ExtractWhole(work->view, scorer_.context(), i, whole);
  } else {
    TermSink words{&scorer_.weights().words, group, &terms};
    ExtractWords(work->view, scorer_.context(), i, words);
  }
  TermSink document{&scorer_.weights().document, group, &terms};
  if (InDoubt(work->evidence.phi(i))) {
    ExtractDocument(work->view, scorer_.context(), work->evidence, work->memory,
                    work->rules, i, document);
  }
  return terms;
}

void EvidenceModel::AddFinding(const TokenSpan& span,
                               const WeighOptions& options, Work* work,
                               std::vector<Finding>* findings) const {
  const Document& document = work->view.document();
  Finding& finding = findings->emplace_back();
  finding.begin = document.tokens[span.first].begin;
  finding.end = document.tokens[span.last].end;
  finding.type = span.type;
  // "2024-10-31T18:47": the recognizer knows where the date in "31T18" ends.
  const std::int32_t end_cover = work->view.covers(span.last)[0];
  if (span.type == PhiType::kDate && end_cover >= 0) {
    const Candidate& c =
        document.candidates[static_cast<std::size_t>(end_cover)];
    if (c.type == span.type && c.valid && c.end < finding.end &&
        c.end > document.tokens[span.last].begin) {
      finding.end = c.end;
    }
  }
  finding.score = static_cast<double>(span.phi);
  const std::int32_t cover = work->view.covers(span.surest)[0];
  if (cover >= 0) {
    const Candidate& c = document.candidates[static_cast<std::size_t>(cover)];
    if (c.type == span.type) {
      finding.source = scorer_.context().pattern_names[c.pattern];
    }
  }
  if (span.proof && finding.source.empty()) finding.source = "known value";
  if (options.explain) finding.evidence = Explain(span, work);
}

// Of each threshold `share` is enough.
void EvidenceModel::Decide(const Document& document, float share,
                           Work* work) const {
  ApplyScores(share, work);
  ApplyCandidates(work);
  ApplyKnown(document, share, work);
}

// Between the spans, which stay as they are.
void EvidenceModel::AddNearMisses(const Document& document, Work* work) const {
  const std::vector<TokenSpan> certain = std::move(work->spans);
  Decide(document, kNearMiss, work);
  for (const TokenSpan& span : certain) {
    for (std::size_t i = span.first; i <= span.last; ++i) {
      work->decisions.Set(i, {});
    }
  }
  FormSpans(work->view, work->decisions, &work->spans);
  std::vector<TokenSpan>& spans = work->spans;
  const auto overlaps = [&certain](const TokenSpan& near) {
    const auto after = std::partition_point(
        certain.begin(), certain.end(),
        [&](const TokenSpan& span) { return span.last < near.first; });
    return after != certain.end() && after->first <= near.last;
  };
  std::erase_if(spans, overlaps);
  spans.insert(spans.end(), certain.begin(), certain.end());
  std::sort(
      spans.begin(), spans.end(),
      [](const TokenSpan& a, const TokenSpan& b) { return a.first < b.first; });
}

absl::Status EvidenceModel::Weigh(const Document& document,
                                  const WeighOptions& options, Scratch* scratch,
                                  std::vector<Finding>* findings) const {
  Work* work = static_cast<Work*>(scratch);
  work->view.BuildWithoutUses(document);
  scorer_.Score(options.explain, work);
  Decide(document, 1.0f, work);
  FormSpans(work->view, work->decisions, &work->spans);
  if (options.near_misses) AddNearMisses(document, work);
  findings->reserve(findings->size() + work->spans.size());
  for (std::size_t k = 0; k < work->spans.size(); ++k) {
    const std::size_t later = k + DocumentView::kFewAhead;
    if (later < work->spans.size()) {
      work->view.AskFor(work->spans[later].first);
    }
    AddFinding(work->spans[k], options, work, findings);
  }
  return absl::OkStatus();
}

}  // namespace phiwire
