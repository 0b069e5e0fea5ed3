// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/rules_cmd.h"

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kArrow = " -> ";

struct Example {
  std::string text;
  std::string surface;  // of a positive one; empty: the text itself
  bool positive = false;
};

struct RuleFile {
  std::string path;
  std::string type;
  std::size_t patterns = 0;
  std::vector<Example> examples;
};

absl::Status ReadExamples(const YamlNode& node, bool positive, RuleFile* file) {
  PHIWIRE_ASSIGN_OR_RETURN(const auto lines, node.AsStrings());
  for (const std::string& line : lines) {
    Example& example = file->examples.emplace_back();
    example.positive = positive;
    const std::size_t arrow = line.rfind(kArrow);
    const bool cut = positive && arrow != std::string::npos;
    example.text = cut ? line.substr(0, arrow) : line;
    if (cut) example.surface = line.substr(arrow + kArrow.size());
  }
  return absl::OkStatus();
}

// What the verbs need of a catalogue file; the engine checks the rest.
absl::StatusOr<RuleFile> ReadRuleFile(const std::string& path) {
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ReadYamlFile(path));
  RuleFile file;
  file.path = path;
  if (const YamlNode* type = root.Get("type")) {
    PHIWIRE_ASSIGN_OR_RETURN(file.type, type->AsString());
  }
  if (const YamlNode* patterns = root.Get("patterns")) {
    file.patterns = patterns->entries().size();
  }
  const YamlNode* examples = root.Get("examples");
  if (examples == nullptr) return file;
  for (const bool positive : {true, false}) {
    const YamlNode* list = examples->Get(positive ? "positive" : "negative");
    if (list == nullptr) continue;
    PHIWIRE_RETURN_IF_ERROR(ReadExamples(*list, positive, &file));
  }
  return file;
}

absl::StatusOr<std::vector<RuleFile>> ReadRuleFiles(const Policy& policy) {
  std::vector<std::string> paths;
  for (const std::string& dir : policy.rule_dirs) {
    std::error_code error;
    for (fs::recursive_directory_iterator it(dir, error), end;
         !error && it != end; it.increment(error)) {
      const fs::path extension = it->path().extension();
      if (extension == ".yaml" || extension == ".yml") {
        paths.push_back(it->path().string());
      }
    }
    if (error) {
      return absl::InvalidArgumentError(Concat({dir, ": ", error.message()}));
    }
  }
  if (paths.empty()) {
    return absl::InvalidArgumentError(
        "no rule files: give --rules DIR, or a policy with rules");
  }
  std::sort(paths.begin(), paths.end());
  std::vector<RuleFile> files;
  for (const std::string& path : paths) {
    PHIWIRE_ASSIGN_OR_RETURN(RuleFile file, ReadRuleFile(path));
    files.push_back(std::move(file));
  }
  return files;
}

// Examples are the rule author's own text, so they may be shown.
bool Holds(const Deidentifier& deid, const RuleFile& file,
           const Example& example) {
  const auto findings = deid.Analyze(example.text);
  if (!findings.ok()) return false;
  const std::string_view text = example.text;
  const std::string_view surface =
      example.surface.empty() ? text : std::string_view(example.surface);
  const auto of_type = [&](const Finding& finding) {
    return TypeName(finding.type) == file.type;
  };
  const auto exact = [&](const Finding& finding) {
    return of_type(finding) &&
           text.substr(finding.begin, finding.end - finding.begin) == surface;
  };
  return example.positive
             ? std::any_of(findings->begin(), findings->end(), exact)
             : std::none_of(findings->begin(), findings->end(), of_type);
}

std::string Column(std::string text, std::size_t width) {
  text.append(width - std::min(width, text.size()), ' ');
  return text;
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
  const auto files = ReadRuleFiles(*policy);
  if (!files.ok()) return UsageError(files.status());
  std::string table = "type            patterns  examples  file\n";
  for (const RuleFile& file : *files) {
    table += Concat({Column(file.type.empty() ? "-" : file.type, 16),
                     Column(std::to_string(file.patterns), 10),
                     Column(std::to_string(file.examples.size()), 10),
                     file.path, "\n"});
  }
  return Write(table, kExitDone);
}

int RunRulesTest(const EngineFlags& flags) {
  const auto policy = EffectivePolicy(flags);
  if (!policy.ok()) return UsageError(policy.status());
  const auto files = ReadRuleFiles(*policy);
  if (!files.ok()) return UsageError(files.status());
  const auto deid = MakeEngine(*policy);
  if (!deid.ok()) return UsageError(deid.status());
  std::size_t good = 0;
  std::size_t bad = 0;
  std::string report;
  for (const RuleFile& file : *files) {
    for (const Example& example : file.examples) {
      const bool holds = Holds(*deid, file, example);
      ++(holds ? good : bad);
      if (holds) continue;
      report += Concat({file.path, ": ", file.type,
                        example.positive ? " not found in: " : " found in: ",
                        example.text, "\n"});
    }
  }
  report += Concat({std::to_string(good), " examples hold, ",
                    std::to_string(bad), " do not\n"});
  return Write(report, bad == 0 ? kExitDone : kExitRefused);
}

}  // namespace phiwire::cli
