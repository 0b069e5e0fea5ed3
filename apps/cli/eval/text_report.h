// SPDX-License-Identifier: Apache-2.0
//
// An EvalScore as lines of text. With examples it holds document text.

#ifndef PHIWIRE_APPS_CLI_EVAL_TEXT_REPORT_H_
#define PHIWIRE_APPS_CLI_EVAL_TEXT_REPORT_H_

#include <cstddef>
#include <string>

#include "apps/cli/eval/scorer.h"

namespace phiwire::cli {

// `examples`: how many of the commonest misses and false positives to list.
std::string TextReport(const EvalScore& score, bool by_type,
                       std::size_t examples);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EVAL_TEXT_REPORT_H_
