// SPDX-License-Identifier: Apache-2.0
//
// phiwire hl7 check: reads HL7 v2 files and says which messages would be
// refused, and why. Writes nothing.

#ifndef PHIWIRE_APPS_CLI_HL7_CMD_H_
#define PHIWIRE_APPS_CLI_HL7_CMD_H_

#include <string>
#include <vector>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct Hl7Flags {
  EngineFlags engine;
  std::vector<std::string> paths;
  std::string encoding = "auto";
  bool show_paths = false;
};

int RunHl7Check(const Hl7Flags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_HL7_CMD_H_
