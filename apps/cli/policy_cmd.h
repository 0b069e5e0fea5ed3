// SPDX-License-Identifier: Apache-2.0
//
// phiwire policy show|check.

#ifndef PHIWIRE_APPS_CLI_POLICY_CMD_H_
#define PHIWIRE_APPS_CLI_POLICY_CMD_H_

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

// The policy with everything it extends and every flag applied, as YAML.
// In plain words, or every setting as YAML.
int RunPolicyShow(const EngineFlags& flags, bool yaml);

// Reads the policy and builds an engine from it: rules, weights, key, roster.
int RunPolicyCheck(const EngineFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_POLICY_CMD_H_
