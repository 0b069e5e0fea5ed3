// SPDX-License-Identifier: Apache-2.0
//
// The flags every verb with an engine shares (--policy, --key, ...), and the
// engine they ask for. A flag overrides what the policy file says.
//
//   PHIWIRE_ASSIGN_OR_RETURN(Deidentifier deid, MakeEngine(flags));

#ifndef PHIWIRE_APPS_CLI_ENGINE_FLAGS_H_
#define PHIWIRE_APPS_CLI_ENGINE_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/deidentifier.h"
#include "phiwire/policy.h"

namespace phiwire::cli {

struct EngineFlags {
  std::string policy = "safe-harbor";  // a built-in name or a file
  std::string key;                     // source; empty: the policy's own
  std::string vault;                   // empty: the policy's own
  std::string sensitivity;             // empty: the policy's own
  std::vector<std::string> rules;      // folders, added to the policy's
  std::string roster;
  std::string columns;  // column map of tables
  std::string weights;
};

// A policy by file when `name` looks like a path or names a file, else by its
// built-in name.
absl::StatusOr<Policy> ReadPolicy(const std::string& name);

// The policy with the flags applied.
absl::StatusOr<Policy> EffectivePolicy(const EngineFlags& flags);

absl::StatusOr<Deidentifier> MakeEngine(const Policy& policy);
absl::StatusOr<Deidentifier> MakeEngine(const EngineFlags& flags);

// --format; csv, fhir and the like are named as not being in this version.
absl::StatusOr<Format> ReadFormat(const std::string& name);

// $XDG_CACHE_HOME/phiwire or ~/.cache/phiwire, made with mode 0700; empty when
// neither can be made: then nothing is kept.
std::string CacheDir();

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ENGINE_FLAGS_H_
