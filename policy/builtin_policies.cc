// SPDX-License-Identifier: Apache-2.0

#include "policy/builtin_policies.h"

#include <array>

#include "base/strings.h"

namespace phiwire {
namespace {

// 45 CFR 164.514(b)(2). Every type is on and replaced unless said otherwise.
constexpr std::string_view kSafeHarbor = R"(version: 1
extends: none
name: safe-harbor
sensitivity: balanced
types:
  PROFESSION: {enabled: false}
)";

constexpr std::array<BuiltinPolicy, 1> kPolicies = {{
    {"safe-harbor", kSafeHarbor},
}};

}  // namespace

std::span<const BuiltinPolicy> BuiltinPolicies() { return kPolicies; }

const BuiltinPolicy* FindBuiltinPolicy(std::string_view name) {
  for (const BuiltinPolicy& policy : kPolicies) {
    if (policy.name == name) return &policy;
  }
  return nullptr;
}

std::string BuiltinPolicyNames() {
  std::string list;
  for (const BuiltinPolicy& policy : kPolicies) {
    list += Concat({list.empty() ? "" : ", ", policy.name});
  }
  return list;
}

}  // namespace phiwire
