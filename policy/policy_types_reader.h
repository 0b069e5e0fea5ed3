// SPDX-License-Identifier: Apache-2.0
//
// The `types` part of a policy file: TYPE: {enabled, anonymizer, threshold and
// the anonymizer's own settings}, laid over what the policy has already.

#ifndef PHIWIRE_POLICY_POLICY_TYPES_READER_H_
#define PHIWIRE_POLICY_POLICY_TYPES_READER_H_

#include <string_view>

#include "absl/status/status.h"
#include "base/yaml.h"
#include "phiwire/policy.h"

namespace phiwire {

absl::Status ReadTypes(const YamlNode& types, Policy* policy);

// The value of "slots", "fields" or "formats": overrides, added to those the
// policy has.
absl::Status ReadPlaces(std::string_view key, const YamlNode& node,
                        Policy* policy);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_POLICY_TYPES_READER_H_
