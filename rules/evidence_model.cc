// SPDX-License-Identifier: Apache-2.0

#include "rules/evidence_model.h"

#include <algorithm>
#include <cmath>

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
  std::vector<Decision> decisions;
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
      thresholds_(thresholds) {
  for (const std::string& name : scorer_.context().pattern_names) {
    site_patterns_.push_back(name.starts_with("site/"));
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

void EvidenceModel::Decide(const WeighOptions& options, Work* work) const {
  work->decisions.assign(work->view.size(), Decision{});
  const auto decide = [&](std::size_t i) {
    const GroupScores& p = work->evidence[i].final_probabilities;
    if (p[0] > 0.995f) return;
    const auto group = static_cast<Group>(
        std::max_element(p.begin() + 1, p.end()) - p.begin());
    const float phi = 1.0f - p[0];
    const PhiType type = TokenType(work->view, i, group);
    const float least = thresholds_[static_cast<std::size_t>(type)] *
                        (options.near_misses ? kNearMiss : 1.0f);
    if (phi < least || IsPlaceholder(work->view, i) ||
        (group == Group::kDate && IsBareYear(work->view, i))) {
      return;
    }
    work->decisions[i] = {group, type, phi, false};
  };
  for (const std::uint32_t i : work->evidence.weighed()) decide(i);
}

// A candidate that may decide beside the model, or -1: a site's, whose pattern
// the weights don't know, and those that must never be half hidden. Elsewhere
// the model alone had the better precision at the same recall (development
// notes: 0.917 against 0.914 with every type).
std::int32_t EvidenceModel::DecidingCandidate(const DocumentView& view,
                                              std::size_t i) const {
  for (const std::int32_t id : view.covers(i)) {
    if (id < 0) break;
    const Candidate& c =
        view.document().candidates[static_cast<std::size_t>(id)];
    if (site_patterns_[c.pattern]) return id;
    if (c.score < kHolds) continue;
    if (c.type == PhiType::kAge || c.type == PhiType::kEmail) return id;
    if (c.type == PhiType::kDate && c.valid && IsGlued(view, i, c)) return id;
  }
  return -1;
}

// Recognizers' candidates that the model judged token by token: a strong one
// counts even where the model is unsure, and a fair one is not cut in two.
void EvidenceModel::ApplyCandidates(Work* work) const {
  const DocumentView& view = work->view;
  const auto& candidates = view.document().candidates;
  for (std::size_t i = 0; i < view.size(); ++i) {
    const std::int32_t id = DecidingCandidate(view, i);
    if (id < 0) continue;
    const Candidate& c = candidates[static_cast<std::size_t>(id)];
    const float least = thresholds_[static_cast<std::size_t>(c.type)];
    if (least > 1.0f) continue;
    const Group group = GroupOf(c.type);
    const bool stands =
        site_patterns_[c.pattern] || (c.valid && c.score >= kStrong);
    float phi = stands && c.score >= least ? c.score : 0;
    std::size_t end = i;
    for (; end < view.size() && view.token(end).begin < c.end; ++end) {
      const Decision& d = work->decisions[end];
      if (d.group == group) phi = std::max(phi, d.phi);
    }
    if (phi < least) continue;
    for (std::size_t k = i; k < end; ++k) {
      Decision& d = work->decisions[k];
      const bool free = d.group == Group::kNone || site_patterns_[c.pattern];
      if (free && IsWordLike(view.token(k)) && !IsBareYear(view, k)) {
        d = {group, c.type, phi, false};
      }
    }
    i = end - 1;
  }
}

// What speaks for token i without being proof joins the model's own odds.
void EvidenceModel::AddEvidence(std::size_t i, const KnownMatch& match,
                                const WeighOptions& options, Work* work) const {
  Decision& decision = work->decisions[i];
  if (decision.group != Group::kNone || !IsWordLike(work->view.token(i))) {
    return;
  }
  constexpr float kSmallest = 1e-3f;  // one word in a thousand is PHI anyway
  const float phi = std::clamp(work->evidence.phi(i), kSmallest, 1 - kSmallest);
  const float odds = phi / (1 - phi) * std::exp(match.evidence);
  const float joined = odds / (1 + odds);
  const float least = thresholds_[static_cast<std::size_t>(match.type)] *
                      (options.near_misses ? kNearMiss : 1.0f);
  if (joined < least) return;
  decision = {GroupOf(match.type), match.type, joined, false};
}

// Known values and proofs: certain, whatever the evidence says.
void EvidenceModel::ApplyKnown(const Document& document,
                               const WeighOptions& options, Work* work) const {
  auto decide = [&](std::size_t i, PhiType type) {
    if (thresholds_[static_cast<std::size_t>(type)] > 1.0f) return;
    if (IsWordLike(work->view.token(i))) {
      work->decisions[i] = {GroupOf(type), type, 1.0f, true};
    }
  };
  for (std::size_t i = 0; i < work->view.size(); ++i) {
    const std::int32_t cover = work->view.covers(i)[0];
    if (cover < 0) continue;
    const Candidate& c = document.candidates[static_cast<std::size_t>(cover)];
    if (c.proof) decide(i, c.type);
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
        AddEvidence(i, match, options, work);
      }
    }
  }
}

std::vector<Term> EvidenceModel::Explain(const TokenSpan& span,
                                         Work* work) const {
  std::vector<Term> terms;
  const auto group = static_cast<std::size_t>(GroupOf(span.type));
  // The filter may have left this token out (a known value): all rules again.
  scorer_.context().rules->Apply(work->view, &work->rules);
  const std::size_t i = span.surest;
  if (work->evidence[i].whole) {
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

Finding EvidenceModel::ToFinding(const TokenSpan& span,
                                 const WeighOptions& options,
                                 Work* work) const {
  const Document& document = work->view.document();
  Finding finding;
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
    if (c.type == span.type)
      finding.source = scorer_.context().pattern_names[c.pattern];
  }
  if (span.proof && finding.source.empty()) finding.source = "known value";
  if (options.explain) finding.evidence = Explain(span, work);
  return finding;
}

absl::Status EvidenceModel::Weigh(const Document& document,
                                  const WeighOptions& options, Scratch* scratch,
                                  std::vector<Finding>* findings) const {
  Work* work = static_cast<Work*>(scratch);
  work->view.BuildWithoutUses(document);
  scorer_.Score(options.explain, work);
  Decide(options, work);
  ApplyCandidates(work);
  ApplyKnown(document, options, work);
  FormSpans(work->view, work->decisions, &work->spans);
  for (const TokenSpan& span : work->spans) {
    findings->push_back(ToFinding(span, options, work));
  }
  return absl::OkStatus();
}

}  // namespace phiwire
