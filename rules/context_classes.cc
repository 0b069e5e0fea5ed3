// SPDX-License-Identifier: Apache-2.0

#include "rules/context_classes.h"

#include <array>

#include "base/fold.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "rules/rule_files.h"

namespace phiwire {
namespace {

absl::Status AddClass(const std::string& name, const YamlNode& node,
                      WordClasses* classes) {
  PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"doc", "words"}));
  const absl::StatusOr<int> bit = classes->AddClass(name);
  if (!bit.ok()) return node.Error(std::string(bit.status().message()));
  const YamlNode* words = node.Get("words");
  if (words == nullptr) return node.Error("a class needs words");
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> list,
                           words->AsStrings());
  std::array<char, 128> folded;
  for (const std::string& word : list) {
    const std::size_t n = FoldWord(word, std::span(folded));
    classes->AddWord(*bit, std::string_view(folded.data(), n));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WordClasses> LoadWordClasses(
    std::span<const std::string> folders) {
  WordClasses classes;
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<YamlNode> files,
                           ReadRuleFiles(folders, "word_classes.yaml"));
  for (const YamlNode& root : files) {
    PHIWIRE_RETURN_IF_ERROR(root.AllowKeys({"version", "classes"}));
    const YamlNode* list = root.Get("classes");
    if (list == nullptr) return root.Error("no key \"classes\"");
    for (const auto& [name, node] : list->entries()) {
      PHIWIRE_RETURN_IF_ERROR(AddClass(name, node, &classes));
    }
  }
  return classes;
}

}  // namespace phiwire
