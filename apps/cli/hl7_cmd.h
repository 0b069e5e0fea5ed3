// SPDX-License-Identifier: Apache-2.0
//
// phiwire hl7 check: reads HL7 v2 files and says what is wrong with them, on
// standard output, one line a finding, never with a value:
//
//   input 1 (feed.hl7): message 2, PID (segment 3), field 5: required field is
//   empty
//
// or as JSON lines (--json); how many messages and findings at the end. The
// exit code is 1 when there is any.

#ifndef PHIWIRE_APPS_CLI_HL7_CMD_H_
#define PHIWIRE_APPS_CLI_HL7_CMD_H_

#include <string>
#include <vector>

namespace phiwire::cli {

struct Hl7Flags {
  std::vector<std::string> paths;
  std::string encoding = "auto";
  bool show_paths = false;
  bool json = false;
};

int RunHl7Check(const Hl7Flags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_HL7_CMD_H_
