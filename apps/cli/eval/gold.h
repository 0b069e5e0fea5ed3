// SPDX-License-Identifier: Apache-2.0
//
// Gold and prediction files: JSON lines {"id","text","spans"}, offsets in code
// points. Of two lines with one id the later counts. Errors name file and
// line, never content.

#ifndef PHIWIRE_APPS_CLI_EVAL_GOLD_H_
#define PHIWIRE_APPS_CLI_EVAL_GOLD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/eval/scorer.h"
#include "phiwire/deidentifier.h"

namespace phiwire::cli {

absl::StatusOr<std::vector<EvalDocument>> ReadGold(const std::string& path);

// Fills `predicted` by id. Predictions of unknown ids are passed over.
absl::Status ReadPredictions(const std::string& path,
                             std::vector<EvalDocument>* documents);

// Fills `predicted` with the engine's findings, on `threads` threads. A text
// the engine refuses counts as missing; how many were is returned.
std::size_t Predict(const Deidentifier& deid, std::size_t threads,
                    const AnalyzeOptions& options,
                    std::vector<EvalDocument>* documents);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EVAL_GOLD_H_
