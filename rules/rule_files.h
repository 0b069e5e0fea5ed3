// SPDX-License-Identifier: Apache-2.0
//
// The YAML files of context rules, word classes and phrases: those of the first
// folder are phiwire's own (read by their image, base/yaml_image.h) and must be
// there; in the others, a site's, each is optional.

#ifndef PHIWIRE_RULES_RULE_FILES_H_
#define PHIWIRE_RULES_RULE_FILES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/yaml.h"

namespace phiwire {

// The file's tree of each folder that has it, in the folders' order.
absl::StatusOr<std::vector<YamlNode>> ReadRuleFiles(
    std::span<const std::string> folders, std::string_view name);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_RULE_FILES_H_
