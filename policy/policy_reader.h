// SPDX-License-Identifier: Apache-2.0
//
// The strict reader behind Policy::FromFile and Policy::FromYaml. Every error
// is kInvalidArgument "FILE:LINE:COLUMN: what is wrong" (docs/policy.md lists
// the keys); values never stand in errors, keys and type names do.

#ifndef PHIWIRE_POLICY_POLICY_READER_H_
#define PHIWIRE_POLICY_POLICY_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/yaml.h"
#include "phiwire/policy.h"

namespace phiwire {

struct PolicySource {
  std::string base_dir;  // where its relative paths start
  std::string name;      // the policy's, when the file gives none
  // The files that extend this one, normalised, the outermost first.
  std::vector<std::string> chain;
};

absl::StatusOr<Policy> ReadPolicy(const YamlNode& root,
                                  const PolicySource& source);
// `chain` as above.
absl::StatusOr<Policy> ReadPolicyFile(std::string_view path,
                                      std::vector<std::string> chain);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_POLICY_READER_H_
