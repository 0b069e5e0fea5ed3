// SPDX-License-Identifier: Apache-2.0
//
// Reads a roster of known patients: a CSV file with a header line, one patient
// a row (docs/roster.md has the columns). Strict: an unknown column, a row of
// another length, an unreadable date is an error that names file, line and
// column, never a value. The result is immutable and shared by threads.
//
// Limits: 5,000,000 rows, 1 GiB, 256 columns; valid UTF-8.

#ifndef PHIWIRE_POLICY_ROSTER_H_
#define PHIWIRE_POLICY_ROSTER_H_

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "phiwire/policy.h"
#include "rules/roster_index.h"

namespace phiwire {

// The policy's roster; null when it has none.
absl::StatusOr<std::unique_ptr<const RosterIndex>> ReadRoster(
    const Policy& policy);

// file stands in errors.
absl::StatusOr<std::unique_ptr<const RosterIndex>> ParseRoster(
    std::string_view csv, std::string_view file);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ROSTER_H_
