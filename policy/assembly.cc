// SPDX-License-Identifier: Apache-2.0

#include "policy/assembly.h"

#include <array>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/data_dir.h"
#include "recognizers/catalogue.h"
#include "recognizers/confirmer.h"
#include "rules/context_classes.h"
#include "rules/context_rules.h"
#include "rules/evidence_model.h"
#include "rules/weights.h"
#include "rules/weights_image.h"

namespace phiwire {
namespace {

std::vector<std::string> RuleFolders(const Policy& policy,
                                     const std::string& data_dir) {
  std::vector<std::string> folders = {data_dir + "/context"};
  folders.insert(folders.end(), policy.rule_dirs.begin(),
                 policy.rule_dirs.end());
  return folders;
}

// In a thread of its own where there can be one: a third of a start is reading
// 30 MB to see that they are whole.
template <class Read>
auto Beside(Read read) {
  return std::async(std::launch::async | std::launch::deferred,
                    std::move(read));
}

auto OpenLexicon(const std::string& data_dir) {
  return Beside(
      [path = data_dir + "/lexicon.bin"] { return Lexicon::Open(path); });
}

absl::StatusOr<Pipeline::Parts> BuildParts(const Policy& policy,
                                           const Options& options,
                                           const std::string& data_dir) {
  Pipeline::Parts parts;
  auto lexicon = OpenLexicon(data_dir);
  PHIWIRE_ASSIGN_OR_RETURN(WordClasses classes,
                           LoadWordClasses(RuleFolders(policy, data_dir)));
  parts.classes = std::make_unique<WordClasses>(std::move(classes));
  PHIWIRE_ASSIGN_OR_RETURN(
      Catalogue catalogue,
      Catalogue::Load(data_dir + "/catalogue", policy.rule_dirs));
  PHIWIRE_ASSIGN_OR_RETURN(parts.confirmer,
                           CatalogueConfirmer::Create(std::move(catalogue)));
  PHIWIRE_ASSIGN_OR_RETURN(
      HsDatabase database,
      HsDatabase::Compile(parts.confirmer->patterns(), options.cache_dir));
  parts.database = std::make_unique<HsDatabase>(std::move(database));
  PHIWIRE_ASSIGN_OR_RETURN(Lexicon opened, lexicon.get());
  parts.lexicon = std::make_unique<Lexicon>(std::move(opened));
  return parts;
}

absl::StatusOr<std::shared_ptr<const ContextRules>> BuildRules(
    const Policy& policy, const std::string& data_dir,
    const WordClasses& classes) {
  PHIWIRE_ASSIGN_OR_RETURN(
      ContextRules rules,
      ContextRules::Load(RuleFolders(policy, data_dir), classes));
  return std::make_shared<const ContextRules>(std::move(rules));
}

TypeThresholds Thresholds(const Policy& policy) {
  TypeThresholds thresholds{};
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    thresholds[t] =
        static_cast<float>(Threshold(policy, static_cast<PhiType>(t)));
  }
  return thresholds;
}

// A matcher or a data file that fails silently is a leak: these must be found
// by any rule set that has the built-in ones.
struct KnownAnswer {
  std::string_view text;
  PhiType type;
  std::string_view surface;
};
constexpr std::array<KnownAnswer, 4> kKnownAnswers = {{
    {"Patient John Doe (MRN 12345) was born on 01/01/1980.", PhiType::kName,
     "John Doe"},
    {"Patient John Doe (MRN 12345) was born on 01/01/1980.",
     PhiType::kMedicalRecord, "12345"},
    {"Patient John Doe (MRN 12345) was born on 01/01/1980.", PhiType::kDate,
     "01/01/1980"},
    {"SSN: 219-09-9999, mail jane.roe@hospital.org", PhiType::kEmail,
     "jane.roe@hospital.org"},
}};

absl::Status SelfTest(const Pipeline& pipeline, const Policy& policy) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::unique_ptr<Pipeline::Scratch> scratch,
                           pipeline.NewScratch());
  std::vector<Finding> findings;
  for (const KnownAnswer& answer : kKnownAnswers) {
    if (Threshold(policy, answer.type) > 0.5) continue;
    PHIWIRE_RETURN_IF_ERROR(
        pipeline.Run(answer.text, {}, {}, scratch.get(), &findings));
    bool found = false;
    for (const Finding& f : findings) {
      found = found ||
              answer.text.substr(f.begin, f.end - f.begin) == answer.surface;
    }
    if (!found) {
      return absl::InternalError(
          Concat({"self-test: the engine does not find a plain ",
                  TypeName(answer.type),
                  "; its data, rules or weights are not usable"}));
    }
  }
  return absl::OkStatus();
}

}  // namespace

namespace {

// A name missed costs most; what is called an ID or a place in general is wrong
// most often (docs/decisions/0009-test-part.md has the figures).
double Balanced(PhiType type) {
  switch (type) {
    case PhiType::kName:
      return 0.30;
    case PhiType::kFacility:
      return 0.35;
    case PhiType::kId:
    case PhiType::kLocation:
      return 0.38;
    default:
      return 0.33;
  }
}

}  // namespace

double Threshold(const Policy& policy, PhiType type) {
  const TypePolicy& setting = policy[type];
  if (!setting.enabled) return 2.0;
  if (setting.threshold) return *setting.threshold;
  switch (policy.sensitivity) {
    case Sensitivity::kStrict:
      return 0.15;
    case Sensitivity::kBalanced:
      return Balanced(type);
    case Sensitivity::kPrecise:
      return 0.7;
  }
  return Balanced(type);
}

absl::StatusOr<Unweighed> BuildUnweighed(const Policy& policy,
                                         const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir,
                           FindDataDir(options.data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(Pipeline::Parts parts,
                           BuildParts(policy, options, data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(auto rules,
                           BuildRules(policy, data_dir, *parts.classes));
  FeatureContext context =
      MakeFeatureContext(*parts.classes, *parts.confirmer, std::move(rules));
  const ClassMasks masks(*parts.classes);
  return Unweighed{std::make_unique<const Pipeline>(std::move(parts)),
                   std::move(context), masks};
}

absl::StatusOr<std::unique_ptr<const Pipeline>> BuildPipeline(
    const Policy& policy, const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir,
                           FindDataDir(options.data_dir));
  auto read = Beside([data_dir, site = policy.weights_file] {
    return site.empty() ? ReadOwnWeights(data_dir) : ReadWeights(site);
  });
  PHIWIRE_ASSIGN_OR_RETURN(Pipeline::Parts parts,
                           BuildParts(policy, options, data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(auto rules,
                           BuildRules(policy, data_dir, *parts.classes));
  PHIWIRE_ASSIGN_OR_RETURN(Weights weights, read.get());
  parts.weigher = std::make_unique<EvidenceModel>(
      std::move(weights), *parts.classes, *parts.confirmer, std::move(rules),
      Thresholds(policy));
  auto pipeline = std::make_unique<const Pipeline>(std::move(parts));
  PHIWIRE_RETURN_IF_ERROR(SelfTest(*pipeline, policy));
  return pipeline;
}

}  // namespace phiwire
