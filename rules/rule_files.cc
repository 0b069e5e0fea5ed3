// SPDX-License-Identifier: Apache-2.0

#include "rules/rule_files.h"

#include <filesystem>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml_image.h"

namespace phiwire {

absl::StatusOr<std::vector<YamlNode>> ReadRuleFiles(
    std::span<const std::string> folders, std::string_view name) {
  std::vector<YamlNode> out;
  if (folders.empty()) return out;
  PHIWIRE_ASSIGN_OR_RETURN(YamlNode own, YamlFolder(folders[0]).Read(name));
  out.push_back(std::move(own));
  for (const std::string& folder : folders.subspan(1)) {
    const std::string path = Concat({folder, "/", name});
    if (!std::filesystem::exists(path)) continue;
    PHIWIRE_ASSIGN_OR_RETURN(YamlNode root, ReadYamlFile(path));
    out.push_back(std::move(root));
  }
  return out;
}

}  // namespace phiwire
