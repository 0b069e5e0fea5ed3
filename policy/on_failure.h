// SPDX-License-Identifier: Apache-2.0
//
// The names of OnFailure in policies.

#ifndef PHIWIRE_POLICY_ON_FAILURE_H_
#define PHIWIRE_POLICY_ON_FAILURE_H_

#include <optional>
#include <string_view>

#include "phiwire/policy.h"

namespace phiwire {

std::string_view OnFailureName(OnFailure value);
std::optional<OnFailure> ParseOnFailure(std::string_view name);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ON_FAILURE_H_
