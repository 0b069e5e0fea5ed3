// SPDX-License-Identifier: Apache-2.0
//
// What the outputs of a run depend on besides its inputs, as one string: the
// program's version, the policy, the rules, roster and weights it reads, the
// ids of its keys, and flags. An output of another identity is not done. It
// may hold a patient's id and a roster: it goes into a MAC, never to a file.

#ifndef PHIWIRE_APPS_CLI_RUN_IDENTITY_H_
#define PHIWIRE_APPS_CLI_RUN_IDENTITY_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "phiwire/policy.h"

namespace phiwire::cli {

// kInvalidArgument when a key can't be read again (fd:N).
absl::StatusOr<std::string> RunIdentity(
    const Policy& policy, std::span<const std::string_view> flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_RUN_IDENTITY_H_
