// SPDX-License-Identifier: Apache-2.0
//
// phiwire deid: files, folders or a pipe without their PHI. One input goes to
// standard output or to -o; several go to a folder that mirrors them, with a
// manifest by which an interrupted run goes on.

#ifndef PHIWIRE_APPS_CLI_DEID_H_
#define PHIWIRE_APPS_CLI_DEID_H_

#include <cstddef>
#include <string>
#include <vector>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct DeidFlags {
  EngineFlags engine;
  std::vector<std::string> paths;
  std::string format = "auto";
  std::string encoding = "auto";
  std::string output;      // empty: standard output
  std::string subject;     // patient id of inputs that don't say it
  std::string audit;       // log to append to; empty: none
  std::string quarantine;  // list of what was refused; empty: in the folder
  std::size_t jobs = 1;    // threads
  std::size_t block = 0;   // bytes read at once; 0: as is best
  bool resume = false;
  bool show_paths = false;
  bool keep_names = false;
  bool summary = false;
};

int RunDeid(const DeidFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_DEID_H_
