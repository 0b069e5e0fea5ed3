// SPDX-License-Identifier: Apache-2.0
//
// phiwire profile: looks at a table and proposes a column map for
// phiwire deid --columns, with its evidence as comments, without a cell's
// content. Reads a sample of rows from the front, in constant memory.

#ifndef PHIWIRE_APPS_CLI_PROFILE_CMD_H_
#define PHIWIRE_APPS_CLI_PROFILE_CMD_H_

#include <cstddef>
#include <string>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct ProfileFlags {
  EngineFlags engine;
  std::string path = "-";
  std::string output;        // the map; empty: standard output
  std::size_t rows = 10000;  // looked at
};

int RunProfile(const ProfileFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_PROFILE_CMD_H_
