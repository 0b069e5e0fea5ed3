// SPDX-License-Identifier: Apache-2.0
//
// An output never lands on, or among, the originals: it would be lost text, or
// read as an input by the next run. Links are followed wherever they lead:
// outputs are renamed into place, so that a folder may be a link to somewhere
// else, but a file that is one is replaced itself.
//
// Statuses name no path. Threads: any, one call at a time.

#ifndef PHIWIRE_APPS_CLI_ORIGINALS_H_
#define PHIWIRE_APPS_CLI_ORIGINALS_H_

#include <span>
#include <string>

#include "absl/status/status.h"
#include "apps/cli/input_list.h"
#include "apps/cli/output_paths.h"

namespace phiwire::cli {

// kInvalidArgument when `output`, which need not exist, is one of the
// arguments, or lies in one.
absl::Status CheckOutputApart(const std::string& output,
                              std::span<const std::string> arguments);

// kInvalidArgument when one of the targets, which lie in a folder, would take
// an input's place, or comes into a folder of the arguments.
absl::Status CheckTargetsApart(const OutputPaths& targets,
                               std::span<const std::string> arguments,
                               const InputList& list);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ORIGINALS_H_
