// SPDX-License-Identifier: Apache-2.0
//
// phiwire explain: why each finding is one and why each near miss is none, as
// a table for people. It prints the document's own words, on standard output
// only.

#ifndef PHIWIRE_APPS_CLI_EXPLAIN_H_
#define PHIWIRE_APPS_CLI_EXPLAIN_H_

#include <string>
#include <vector>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct ExplainFlags {
  EngineFlags engine;
  std::vector<std::string> paths;
  std::string format = "auto";
  std::string encoding = "auto";
  std::string color = "auto";  // always, never; auto: on a terminal
  bool no_near_misses = false;
  bool all_terms = false;
  bool show_paths = false;
};

int RunExplain(const ExplainFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EXPLAIN_H_
