// SPDX-License-Identifier: Apache-2.0
//
// The policies that come with phiwire, as the YAML that one strict reader reads
// like any other. A new one is a row in builtin_policies.cc.

#ifndef PHIWIRE_POLICY_BUILTIN_POLICIES_H_
#define PHIWIRE_POLICY_BUILTIN_POLICIES_H_

#include <span>
#include <string>
#include <string_view>

namespace phiwire {

struct BuiltinPolicy {
  std::string_view name;
  std::string_view yaml;
};

std::span<const BuiltinPolicy> BuiltinPolicies();
// nullptr when there is none.
const BuiltinPolicy* FindBuiltinPolicy(std::string_view name);
// "safe-harbor, ...", for errors.
std::string BuiltinPolicyNames();

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_BUILTIN_POLICIES_H_
