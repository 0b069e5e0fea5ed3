// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/fit.h"

#include <algorithm>
#include <unordered_map>

#include "base/status_macros.h"
#include "base/strings.h"
#include "rules/features_inl.h"
#include "rules/fit/folds.h"
#include "rules/fit/labels.h"
#include "rules/fit/rows.h"
#include "rules/passes.h"
#include "rules/passes_inl.h"
#include "rules/softmax.h"
#include "rules/thin_features_inl.h"

namespace phiwire {
namespace {

constexpr std::array<float, 7> kThresholds = {0.1f, 0.2f, 0.3f, 0.4f,
                                              0.5f, 0.6f, 0.7f};

struct KeySink {
  std::vector<std::uint32_t>* keys;
  template <class Describe>
  void Add(Feature f, std::uint32_t value, Describe) {
    keys->push_back(FeatureKey(static_cast<std::uint32_t>(f), value));
  }
};

// Names of the features that got a weight.
struct NameSink {
  std::unordered_map<std::uint32_t, std::string>* names;
  template <class Describe>
  void Add(Feature f, std::uint32_t value, Describe describe) {
    const auto found =
        names->find(FeatureKey(static_cast<std::uint32_t>(f), value));
    if (found == names->end() || !found->second.empty()) return;
    found->second = Concat({FeatureName(f), "=", describe()});
  }
};

double Share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) /
         static_cast<double>(std::max<std::size_t>(whole, 1));
}

// The examples that are learned from.
std::vector<bool> Learned(const Examples& examples) {
  std::vector<bool> use(examples.size());
  for (std::size_t e = 0; e < use.size(); ++e) {
    use[e] = examples.importance[e] > 0;
  }
  return use;
}

// Where each example came from.
struct TokenRef {
  std::uint32_t document = 0;
  std::uint32_t token = 0;
  bool counted = true;  // false: OPTIONAL
};

class Fitter {
 public:
  Fitter(const std::vector<GoldDocument>& gold, const FeatureContext& context,
         const ClassMasks& masks, const PrepareDocument& prepare,
         const FitOptions& options)
      : gold_(gold),
        context_(context),
        masks_(masks),
        prepare_(prepare),
        options_(options),
        folds_(gold, options.folds) {}

  absl::StatusOr<FitResult> Run();

 private:
  // Examples of some tokens that passed, with their place in refs_.
  struct Later {
    Examples examples;
    std::vector<std::size_t> of;
  };
  void Say(std::string_view line) const {
    if (options_.progress) options_.progress(line);
  }
  absl::Status Collect();
  // Which tokens (by order) pass the filter; its weights into *rows.
  absl::Status FitFilter(FitResult* result);
  float FilterThreshold(const Examples& binary,
                        const std::vector<GroupScores>& scores) const;
  absl::Status ForEach(
      const std::function<void(std::uint32_t, const DocumentView&,
                               const CanonicalText&)>& each);
  void CountDocument(const GoldDocument& document, std::uint32_t d,
                     const DocumentView& view, const CanonicalText& canonical);
  // Scores of every example by a model that did not see its document.
  std::vector<GroupScores> Unseen(const Examples& examples,
                                  std::size_t features,
                                  const TrainOptions& train) const {
    return Jackknife(examples, features, train, folds_, options_.progress);
  }
  absl::Status CollectWhole(const std::vector<GroupScores>& words);
  absl::Status CollectDocument(const std::vector<GroupScores>& scores);
  // The scores of later's tokens take the place of what they had.
  static void Replace(const Later& later,
                      const std::vector<GroupScores>& later_scores,
                      std::vector<GroupScores>* scores) {
    for (std::size_t x = 0; x < later.of.size(); ++x) {
      (*scores)[later.of[x]] = later_scores[x];
    }
  }
  std::vector<FitPoint> Points(const std::vector<GroupScores>& scores) const;
  absl::Status Name(const std::vector<GroupScores>& scores,
                    std::vector<WeightRow>* rows);
  // The evidence of document d from its tokens' scores, which begin at e;
  // returns where the next document's begin.
  std::size_t SetEvidence(const std::vector<GroupScores>& scores,
                          std::uint32_t d, std::size_t e, std::size_t tokens,
                          Evidence* evidence) const;

  const std::vector<GoldDocument>& gold_;
  const FeatureContext& context_;
  const ClassMasks& masks_;
  const PrepareDocument& prepare_;
  const FitOptions& options_;
  const Folds folds_;
  Examples filter_;
  std::vector<bool> counted_;  // by order of targets
  std::vector<bool> passed_;
  std::vector<std::uint32_t> filter_keys_;
  std::size_t gold_tokens_ = 0;
  // Of the tokens that passed; refs_ says which they are.
  Examples words_;
  std::vector<TokenRef> refs_;
  void AddLater(std::size_t e, Later* later) const;
  Later whole_, document_;
};

void Fitter::CountDocument(const GoldDocument& document, std::uint32_t d,
                           const DocumentView& view,
                           const CanonicalText& canonical) {
  KeySink sink{&filter_.features};
  std::size_t at = 0;
  const bool variant = IsVariant(document);
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (!IsTarget(view, i)) continue;
    bool counted = true;
    const auto [begin, end] =
        canonical.ToOriginal(view.token(i).begin, view.token(i).end);
    const Group label = LabelOf(document, begin, end, &at, &counted);
    const bool learned = counted || CalmToken(view, i, masks_.calm);
    ExtractThin(view, context_, i, sink);
    filter_.starts.push_back(filter_.features.size());
    filter_.labels.push_back(static_cast<std::uint8_t>(label));
    filter_.importance.push_back(!learned ? 0.0f : variant ? 0.5f : 1.0f);
    filter_.documents.push_back(d);
    counted_.push_back(counted && !variant);
    gold_tokens_ += counted && !variant && label != Group::kNone;
  }
}

absl::Status Fitter::ForEach(
    const std::function<void(std::uint32_t, const DocumentView&,
                             const CanonicalText&)>& each) {
  DocumentView view;
  for (std::uint32_t d = 0; d < gold_.size(); ++d) {
    const absl::StatusOr<Prepared> prepared = prepare_(gold_[d].text);
    if (!prepared.ok()) {
      return absl::InvalidArgumentError(
          Concat({"document ", std::to_string(d + 1), ": ",
                  std::string(prepared.status().message())}));
    }
    view.Build(*prepared->document, masks_);
    each(d, view, *prepared->canonical);
  }
  return absl::OkStatus();
}

float Fitter::FilterThreshold(const Examples& binary,
                              const std::vector<GroupScores>& scores) const {
  std::vector<float> gold_scores;
  for (std::size_t e = 0; e < binary.size(); ++e) {
    if (counted_[e] && binary.labels[e] == 1) {
      gold_scores.push_back(scores[e][1] - scores[e][0]);
    }
  }
  if (gold_scores.empty()) return -1e9f;
  std::sort(gold_scores.begin(), gold_scores.end());
  const auto losing = [&](double loss) {
    const auto at = static_cast<std::size_t>(
        loss * static_cast<double>(gold_scores.size()));
    return gold_scores[std::min(at, gold_scores.size() - 1)];
  };
  for (const double loss : {0.001, 0.003, 0.01, 0.02, 0.04}) {
    const float least = losing(loss);
    std::size_t left = 0;
    for (const GroupScores& s : scores) left += s[1] - s[0] >= least;
    Say(Concat({"a filter that loses ", std::to_string(loss), " of PHI keeps ",
                std::to_string(Share(left, scores.size())), " at ",
                std::to_string(least)}));
  }
  return losing(options_.filter_loss);
}

absl::Status Fitter::FitFilter(FitResult* result) {
  PHIWIRE_RETURN_IF_ERROR(ForEach([&](std::uint32_t d, const DocumentView& view,
                                      const CanonicalText& canonical) {
    GoldDocument sorted = gold_[d];
    std::sort(
        sorted.spans.begin(), sorted.spans.end(),
        [](const GoldSpan& a, const GoldSpan& b) { return a.begin < b.begin; });
    CountDocument(sorted, d, view, canonical);
  }));
  filter_keys_ = Densify(options_.least_count, &filter_);
  Examples binary = filter_;
  for (std::uint8_t& label : binary.labels) label = label == 0 ? 0 : 1;
  const std::vector<GroupScores> scores =
      Unseen(binary, filter_keys_.size(), options_.filter);
  const float threshold = FilterThreshold(binary, scores);
  std::size_t kept = 0;
  passed_.resize(binary.size());
  for (std::size_t e = 0; e < binary.size(); ++e) {
    passed_[e] = scores[e][1] - scores[e][0] >= threshold;
    kept += passed_[e];
  }
  result->filter_kept = Share(kept, binary.size());
  result->rows.push_back(
      {0, kThresholdKey, "threshold", GroupScores{0, threshold}});
  const std::vector<GroupScores> weights =
      Train(binary, Learned(binary), filter_keys_.size(), options_.filter);
  for (std::size_t f = 0; f < weights.size(); ++f) {
    const float phi = weights[f][1] - weights[f][0];
    if (phi < -kLeastWeight || phi > kLeastWeight) {
      result->rows.push_back({0, filter_keys_[f], {}, GroupScores{0, phi}});
    }
  }
  return absl::OkStatus();
}

absl::Status Fitter::Collect() {
  KeySink sink{&words_.features};
  std::size_t e = 0;
  return ForEach(
      [&](std::uint32_t d, const DocumentView& view, const CanonicalText&) {
        for (std::size_t i = 0; i < view.size(); ++i) {
          if (!IsTarget(view, i)) continue;
          const std::size_t target = e++;
          if (!passed_[target]) continue;
          ExtractWords(view, context_, i, sink);
          words_.starts.push_back(words_.features.size());
          words_.labels.push_back(filter_.labels[target]);
          words_.importance.push_back(filter_.importance[target]);
          words_.documents.push_back(d);
          refs_.push_back({d, static_cast<std::uint32_t>(i), counted_[target]});
        }
      });
}

// What token e has besides its features.
void Fitter::AddLater(std::size_t e, Later* later) const {
  later->examples.starts.push_back(later->examples.features.size());
  later->examples.labels.push_back(words_.labels[e]);
  later->examples.importance.push_back(words_.importance[e]);
  later->examples.documents.push_back(words_.documents[e]);
  later->of.push_back(e);
}

absl::Status Fitter::CollectWhole(const std::vector<GroupScores>& words) {
  KeySink sink{&whole_.examples.features};
  std::size_t e = 0;
  return ForEach(
      [&](std::uint32_t d, const DocumentView& view, const CanonicalText&) {
        for (; e < refs_.size() && refs_[e].document == d; ++e) {
          GroupScores p = words[e];
          ToProbabilities(&p);
          if (Settled(p)) continue;
          ExtractWhole(view, context_, refs_[e].token, sink);
          AddLater(e, &whole_);
        }
      });
}

std::size_t Fitter::SetEvidence(const std::vector<GroupScores>& scores,
                                std::uint32_t d, std::size_t e,
                                std::size_t tokens, Evidence* evidence) const {
  evidence->Reset(tokens);
  for (; e < refs_.size() && refs_[e].document == d; ++e) {
    evidence->Set(refs_[e].token, {scores[e]});
  }
  return e;
}

absl::Status Fitter::CollectDocument(const std::vector<GroupScores>& scores) {
  Evidence evidence;
  DocumentMemory memory;
  KeySink sink{&document_.examples.features};
  RuleHits rules;
  std::size_t e = 0;
  return ForEach(
      [&](std::uint32_t d, const DocumentView& view, const CanonicalText&) {
        std::size_t x = e;
        e = SetEvidence(scores, d, e, view.size(), &evidence);
        memory.Build(view, evidence);
        context_.rules->Apply(view, &rules);
        for (; x < e; ++x) {
          const std::uint32_t i = refs_[x].token;
          if (!InDoubt(evidence.phi(i))) continue;
          ExtractDocument(view, context_, evidence, memory, rules, i, sink);
          AddLater(x, &document_);
          document_.examples.offsets.push_back(scores[x]);
        }
      });
}

std::vector<FitPoint> Fitter::Points(
    const std::vector<GroupScores>& scores) const {
  std::vector<FitPoint> points;
  for (const float threshold : kThresholds) {
    std::size_t hit = 0, wrong = 0;
    for (std::size_t e = 0; e < refs_.size(); ++e) {
      if (!refs_[e].counted) continue;
      GroupScores p = scores[e];
      ToProbabilities(&p);
      if (1.0f - p[0] < threshold) continue;
      (words_.labels[e] != 0 ? hit : wrong) += 1;
    }
    points.push_back(
        {threshold, Share(hit, gold_tokens_), Share(hit, hit + wrong)});
  }
  return points;
}

absl::Status Fitter::Name(const std::vector<GroupScores>& scores,
                          std::vector<WeightRow>* rows) {
  std::array<std::unordered_map<std::uint32_t, std::string>, 4> names;
  for (const WeightRow& row : *rows) {
    names[static_cast<std::size_t>(row.pass)][row.key];
  }
  Evidence evidence;
  DocumentMemory memory;
  RuleHits rules;
  NameSink filter{&names[0]}, words{&names[1]}, whole{&names[2]},
      document{&names[3]};
  std::size_t e = 0;
  PHIWIRE_RETURN_IF_ERROR(ForEach(
      [&](std::uint32_t d, const DocumentView& view, const CanonicalText&) {
        e = SetEvidence(scores, d, e, view.size(), &evidence);
        memory.Build(view, evidence);
        context_.rules->Apply(view, &rules);
        for (std::size_t i = 0; i < view.size(); ++i) {
          if (!IsTarget(view, i)) continue;
          ExtractThin(view, context_, i, filter);
          ExtractWords(view, context_, i, words);
          ExtractWhole(view, context_, i, whole);
          if (!InDoubt(evidence.phi(i))) continue;
          ExtractDocument(view, context_, evidence, memory, rules, i, document);
        }
      }));
  for (WeightRow& row : *rows) {
    if (!row.name.empty()) continue;
    row.name = names[static_cast<std::size_t>(row.pass)][row.key];
  }
  return absl::OkStatus();
}

absl::StatusOr<FitResult> Fitter::Run() {
  FitResult result;
  Say("filter");
  PHIWIRE_RETURN_IF_ERROR(FitFilter(&result));
  Say("words");
  PHIWIRE_RETURN_IF_ERROR(Collect());
  const std::vector<std::uint32_t> words_keys =
      Densify(options_.least_count, &words_);
  std::vector<GroupScores> scores =
      Unseen(words_, words_keys.size(), options_.words);
  Say("whole");
  PHIWIRE_RETURN_IF_ERROR(CollectWhole(scores));
  result.settled = 1 - Share(whole_.of.size(), refs_.size());
  const std::vector<std::uint32_t> whole_keys =
      Densify(options_.least_count, &whole_.examples);
  Replace(whole_, Unseen(whole_.examples, whole_keys.size(), options_.whole),
          &scores);
  Say("document");
  PHIWIRE_RETURN_IF_ERROR(CollectDocument(scores));
  const std::vector<std::uint32_t> fired =
      FiredRules(*context_.rules, document_.examples);
  const std::vector<std::uint32_t> document_keys =
      Densify(options_.least_count, &document_.examples);
  std::vector<GroupScores> last = scores;
  Replace(document_,
          Unseen(document_.examples, document_keys.size(), options_.document),
          &last);
  result.curve = Points(last);
  Say("all documents");
  const auto train = [&](int pass, const Examples& examples,
                         const std::vector<std::uint32_t>& keys,
                         const TrainOptions& options) {
    AppendRows(pass, keys,
               Train(examples, Learned(examples), keys.size(), options),
               &result.rows);
  };
  train(1, words_, words_keys, options_.words);
  train(2, whole_.examples, whole_keys, options_.whole);
  train(3, document_.examples, document_keys, options_.document);
  AppendRuleRows(*context_.rules, fired, &result.rows);
  Say("naming");
  PHIWIRE_RETURN_IF_ERROR(Name(scores, &result.rows));
  result.documents = gold_.size();
  result.tokens = filter_.size();
  result.features = result.rows.size();
  return result;
}

}  // namespace

absl::StatusOr<FitResult> Fit(const std::vector<GoldDocument>& gold,
                              const FeatureContext& context,
                              const ClassMasks& masks,
                              const PrepareDocument& prepare,
                              const FitOptions& options) {
  if (options.folds < 2) {
    return absl::InvalidArgumentError("fitting needs at least 2 folds");
  }
  return Fitter(gold, context, masks, prepare, options).Run();
}

}  // namespace phiwire
