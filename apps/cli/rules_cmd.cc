// SPDX-License-Identifier: Apache-2.0

#include "apps/cli/rules_cmd.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/strings.h"
#include "policy/rule_report.h"

namespace phiwire::cli {
namespace {

Options EngineOptions() {
  Options options;
  options.cache_dir = CacheDir();
  return options;
}

std::string Column(std::string text, std::size_t width) {
  text.append(width - std::min(width, text.size()), ' ');
  return text;
}

std::string Probability(double p) {
  std::array<char, 16> text;
  std::snprintf(text.data(), text.size(), "%.2f", p);
  return text.data();
}

int Write(const std::string& text, int code) {
  return WriteAll(STDOUT_FILENO, text).ok() ? code : kExitRefused;
}

}  // namespace

int RunRulesCheck(const EngineFlags& flags) {
  const auto deid = MakeEngine(flags);
  if (!deid.ok()) return UsageError(deid.status());
  return Write("rules: good\n", kExitDone);
}

int RunRulesList(const EngineFlags& flags) {
  const auto policy = EffectivePolicy(flags);
  if (!policy.ok()) return UsageError(policy.status());
  const auto rules = ListRules(*policy, EngineOptions());
  if (!rules.ok()) return UsageError(rules.status());
  std::string table =
      Concat({Column("type", 15), Column("rule", 34), Column("alone", 7),
              Column("labelled", 10), "where\n"});
  for (const RuleLine& rule : *rules) {
    table +=
        Concat({Column(rule.type, 15), Column(rule.id, 34),
                Column(Probability(rule.alone), 7),
                Column(Probability(rule.labelled), 10), rule.source, "\n"});
  }
  return Write(table, kExitDone);
}

int RunRulesTest(const EngineFlags& flags) {
  const auto policy = EffectivePolicy(flags);
  if (!policy.ok()) return UsageError(policy.status());
  const auto result = TestRules(*policy, EngineOptions());
  if (!result.ok()) return UsageError(result.status());
  std::string report;
  for (const std::string& failure : result->failures) report += failure + "\n";
  report += Concat({std::to_string(result->held), " examples hold, ",
                    std::to_string(result->failures.size()), " do not\n"});
  return Write(report, result->failures.empty() ? kExitDone : kExitRefused);
}

}  // namespace phiwire::cli
