// SPDX-License-Identifier: Apache-2.0
//
// phiwire fit: weights from annotated documents, with the figures of a
// cross-validation by document on standard output and progress on standard
// error.

#ifndef PHIWIRE_APPS_CLI_FIT_H_
#define PHIWIRE_APPS_CLI_FIT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "apps/cli/engine_flags.h"

namespace phiwire::cli {

struct FitFlags {
  EngineFlags engine;
  std::vector<std::string> gold;
  std::string output;
  int folds = 5;
  std::uint64_t seed = 20261122;
};

int RunFit(const FitFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_FIT_H_
