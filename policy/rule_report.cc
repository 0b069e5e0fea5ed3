// SPDX-License-Identifier: Apache-2.0

#include "policy/rule_report.h"

#include <memory>
#include <string_view>
#include <utility>

#include "base/lexicon.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/data_dir.h"
#include "recognizers/catalogue.h"
#include "recognizers/examples.h"

namespace phiwire {
namespace {

absl::StatusOr<Catalogue> LoadCatalogue(const Policy& policy,
                                        const std::string& data_dir) {
  return Catalogue::Load(data_dir + "/catalogue", policy.rule_dirs);
}

std::size_t CountExamples(const Catalogue& catalogue) {
  std::size_t count = 0;
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    const TypeEntry& entry = catalogue.type(static_cast<PhiType>(t));
    count += entry.positive.size() + entry.negative.size();
  }
  return count;
}

}  // namespace

absl::StatusOr<std::vector<RuleLine>> ListRules(const Policy& policy,
                                                const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir,
                           FindDataDir(options.data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(const Catalogue catalogue,
                           LoadCatalogue(policy, data_dir));
  std::vector<RuleLine> lines;
  for (const PatternRule& rule : catalogue.rules()) {
    const std::string_view source = rule.source;
    const bool own = source.starts_with(data_dir);
    lines.push_back(
        {std::string(TypeName(rule.type)), rule.id,
         std::string(own ? source.substr(data_dir.size() + 1) : source),
         static_cast<double>(rule.score), static_cast<double>(rule.labelled)});
  }
  return lines;
}

absl::StatusOr<ExampleReport> TestRules(const Policy& policy,
                                        const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir,
                           FindDataDir(options.data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(Catalogue catalogue,
                           LoadCatalogue(policy, data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(const Lexicon lexicon,
                           Lexicon::Open(data_dir + "/lexicon.bin"));
  const std::size_t examples = CountExamples(catalogue);
  PHIWIRE_ASSIGN_OR_RETURN(
      const std::unique_ptr<ExampleRunner> runner,
      ExampleRunner::Create(std::move(catalogue), &lexicon, options.cache_dir));
  ExampleReport report;
  for (const ExampleFailure& failure : runner->RunAll()) {
    report.failures.push_back(Concat(
        {failure.source, ": ", TypeName(failure.type), ": ", failure.what}));
  }
  report.held = examples - report.failures.size();
  return report;
}

}  // namespace phiwire
