// SPDX-License-Identifier: Apache-2.0
//
// The names of the sensitivities in policies and on the command line:
// "strict", "balanced", "precise".

#ifndef PHIWIRE_POLICY_SENSITIVITY_H_
#define PHIWIRE_POLICY_SENSITIVITY_H_

#include <optional>
#include <string_view>

#include "phiwire/policy.h"

namespace phiwire {

std::string_view SensitivityName(Sensitivity sensitivity);
std::optional<Sensitivity> ParseSensitivity(std::string_view name);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_SENSITIVITY_H_
