// SPDX-License-Identifier: Apache-2.0
//
// phiwire analyze: findings as JSON lines, in the order of the input.
//
// One line a document, {"id","spans":[{"start","end","type","score"}]}, or
// {"id","spans":[],"error":CODE} for one that is refused. With --jsonl the
// documents are the lines of the input, {"id","text"}; blank lines are passed
// over. Without it they are whole files and the id is the path (filtered like
// in messages).

#ifndef PHIWIRE_APPS_CLI_ANALYZE_H_
#define PHIWIRE_APPS_CLI_ANALYZE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct AnalyzeFlags {
  EngineFlags engine;
  std::vector<std::string> paths;
  std::string format = "auto";
  std::string encoding = "auto";
  std::string offsets = "codepoint";
  std::size_t jobs = 1;
  bool jsonl = false;
  bool show_paths = false;
};

int RunAnalyze(const AnalyzeFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ANALYZE_H_
