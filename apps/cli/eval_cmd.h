// SPDX-License-Identifier: Apache-2.0
//
// phiwire eval: how well predictions, or the engine itself, agree with a gold
// standard.

#ifndef PHIWIRE_APPS_CLI_EVAL_CMD_H_
#define PHIWIRE_APPS_CLI_EVAL_CMD_H_

#include <cstddef>
#include <string>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct EvalFlags {
  EngineFlags engine;  // without a prediction file
  std::string gold;
  std::string predictions;      // empty: the engine predicts
  std::string ignore = "YEAR";  // gold types, separated by commas
  std::string html;             // file to write
  double min_score = 0;
  std::size_t examples = 0;
  std::size_t jobs = 1;
  bool no_types = false;
  bool subset = false;  // only the documents that have a prediction
};

int RunEval(const EvalFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EVAL_CMD_H_
