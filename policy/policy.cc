// SPDX-License-Identifier: Apache-2.0

#include "phiwire/policy.h"

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "policy/builtin_policies.h"
#include "policy/policy_reader.h"

namespace phiwire {

// In code, for it can't fail; the test holds it to the YAML of its name.
Policy Policy::SafeHarbor() {
  Policy policy;
  policy[PhiType::kProfession].enabled = false;
  for (const PhiType type : {PhiType::kMedicalRecord, PhiType::kHealthPlan,
                             PhiType::kAccount, PhiType::kId}) {
    policy[type].params["ids"] = "token";
  }
  return policy;
}

absl::StatusOr<Policy> Policy::Named(std::string_view name) {
  const BuiltinPolicy* builtin = FindBuiltinPolicy(name);
  if (builtin == nullptr) {
    return absl::NotFoundError(Concat(
        {"no built-in policy of that name; known: ", BuiltinPolicyNames()}));
  }
  return FromYaml(builtin->yaml, builtin->name);
}

absl::StatusOr<Policy> Policy::FromFile(std::string_view path) {
  return ReadPolicyFile(path, {});
}

absl::StatusOr<Policy> Policy::FromYaml(std::string_view yaml,
                                        std::string_view source_name,
                                        std::string_view base_dir) {
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(yaml, source_name));
  return ReadPolicy(root,
                    {std::string(base_dir), std::string(source_name), {}});
}

}  // namespace phiwire
