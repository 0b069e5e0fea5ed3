// SPDX-License-Identifier: Apache-2.0
//
// The `types` part of a policy file: TYPE: {enabled, anonymizer, threshold and
// the anonymizer's own settings}, laid over what the policy has already.

#ifndef PHIWIRE_POLICY_POLICY_TYPES_READER_H_
#define PHIWIRE_POLICY_POLICY_TYPES_READER_H_

#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "base/yaml.h"
#include "phiwire/policy.h"

namespace phiwire {

absl::Status ReadTypes(const YamlNode& types, Policy* policy);

// The value of "as": text, keep, drop or a type.
absl::Status ReadAs(const YamlNode& node, SiteRule* rule);

// `anonymizer`, its settings and on_failure in a map that may have `others`
// beside them, which are passed over.
absl::Status ReadAnonymizerOf(const YamlNode& node,
                              std::span<const std::string_view> others,
                              TypePolicy* type);

// The value of "slots", "fields" or "formats": overrides, added to those the
// policy has.
absl::Status ReadPlaces(std::string_view key, const YamlNode& node,
                        Policy* policy);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_POLICY_TYPES_READER_H_
