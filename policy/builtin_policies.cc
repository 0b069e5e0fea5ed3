// SPDX-License-Identifier: Apache-2.0

#include "policy/builtin_policies.h"

#include "base/strings.h"

namespace phiwire {
namespace {

// 45 CFR 164.514(b)(2). Every type is on and replaced unless said otherwise.
// Where a slot needs an id it gets a random one, which no value leads to.
constexpr std::string_view kSafeHarbor = R"(version: 1
extends: none
name: safe-harbor
sensitivity: balanced
types:
  PROFESSION: {enabled: false}
  MEDICALRECORD: {ids: token}
  HEALTHPLAN: {ids: token}
  ACCOUNT: {ids: token}
  ID: {ids: token}
)";

// 45 CFR 164.514(e)(2): a limited data set may keep dates, town or city, State
// and ZIP, under a data use agreement. STATE is never a finding of its own.
constexpr std::string_view kLimitedDataset = R"(version: 1
extends: safe-harbor
name: limited-dataset
types:
  DATE: {anonymizer: keep}
  AGE: {anonymizer: keep}
  CITY: {anonymizer: keep}
  ZIP: {anonymizer: keep}
)";

// 45 CFR 164.514(b)(1): codes derived from values and shifted dates need an
// expert's determination.
constexpr std::string_view kResearch = R"(version: 1
extends: safe-harbor
name: research
types:
  NAME: {anonymizer: hash}
  DATE: {anonymizer: date_shift}
  AGE: {anonymizer: generalize}
  ZIP: {anonymizer: generalize}
  PHONE: {anonymizer: hash}
  FAX: {anonymizer: hash}
  EMAIL: {anonymizer: hash}
  SSN: {anonymizer: hash}
  MEDICALRECORD: {anonymizer: hash}
  HEALTHPLAN: {anonymizer: hash}
  ACCOUNT: {anonymizer: hash}
  LICENSE: {anonymizer: hash}
  VEHICLE: {anonymizer: hash}
  DEVICE: {anonymizer: hash}
  ID: {anonymizer: hash}
  USERNAME: {anonymizer: hash}
)";

// The same ground as research; the text reads as a real one.
constexpr std::string_view kSurrogate = R"(version: 1
extends: safe-harbor
name: surrogate
types:
  NAME: {anonymizer: surrogate}
  STREET: {anonymizer: surrogate}
  CITY: {anonymizer: surrogate}
  COUNTY: {anonymizer: surrogate}
  ZIP: {anonymizer: surrogate}
  LOCATION: {anonymizer: surrogate}
  DATE: {anonymizer: date_shift}
  AGE: {anonymizer: generalize}
  PHONE: {anonymizer: surrogate}
  FAX: {anonymizer: surrogate}
  EMAIL: {anonymizer: surrogate}
  SSN: {anonymizer: surrogate}
  MEDICALRECORD: {anonymizer: surrogate}
  HEALTHPLAN: {anonymizer: surrogate}
  ACCOUNT: {anonymizer: surrogate}
  LICENSE: {anonymizer: surrogate}
  VEHICLE: {anonymizer: surrogate}
  DEVICE: {anonymizer: surrogate}
  URL: {anonymizer: surrogate}
  IPADDRESS: {anonymizer: surrogate}
  ID: {anonymizer: surrogate}
  FACILITY: {anonymizer: surrogate}
  EMPLOYER: {anonymizer: surrogate}
  USERNAME: {anonymizer: surrogate}
)";

// Log lines: short, technical, and read by people who need the rest: when a
// line was written and of which request it is says nothing of a patient.
constexpr std::string_view kLog = R"(version: 1
extends: safe-harbor
name: log
sensitivity: precise
max_record: 1048576
formats:
  log:
    fields:
      time: {anonymizer: keep}
      request_id: {anonymizer: keep}
)";

constexpr BuiltinPolicy kPolicies[] = {
    {"limited-dataset", kLimitedDataset},
    {"log", kLog},
    {"research", kResearch},
    {"safe-harbor", kSafeHarbor},
    {"surrogate", kSurrogate},
};

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
