// SPDX-License-Identifier: Apache-2.0
//
// An output must not take the place of a file that the run itself lives on: a
// key that is written over makes what was hashed with it unlinkable, and an
// audit log would be lost with all it proves.

#ifndef PHIWIRE_APPS_CLI_OWN_FILES_H_
#define PHIWIRE_APPS_CLI_OWN_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "apps/cli/output_paths.h"
#include "phiwire/policy.h"

namespace phiwire::cli {

// Paths without links and dots, to be compared: one form a file, whether it
// exists or not. Remembers the last folder: many paths cost little. Threads:
// one at a time.
class PathResolver {
 public:
  std::string Resolve(const std::string& path);
  // The same, but the file's own link is not followed.
  std::string Place(const std::string& path);
  // Empty: the current one.
  static std::string ResolveFolder(const std::string& folder);

 private:
  bool any_ = false;
  std::string folder_;
  std::string resolved_;  // of folder_
};

// Whether both name one file; neither need exist.
bool SameFile(const std::string& a, const std::string& b);

// kInvalidArgument when one of `targets` is a key, vault, roster or weights
// file of `policy`, or `policy_name` itself.
absl::Status CheckOwnFiles(const Policy& policy, const std::string& policy_name,
                           const OutputPaths& targets);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_OWN_FILES_H_
