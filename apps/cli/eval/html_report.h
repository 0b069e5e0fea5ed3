// SPDX-License-Identifier: Apache-2.0
//
// An evaluation as one self-contained HTML page: recall and precision by type
// with 95 % intervals, recall and precision over the threshold, and every miss
// and false positive marked in its line. No script, nothing loaded from
// elsewhere. THE PAGE HOLDS DOCUMENT TEXT: it is as sensitive as the gold file.

#ifndef PHIWIRE_APPS_CLI_EVAL_HTML_REPORT_H_
#define PHIWIRE_APPS_CLI_EVAL_HTML_REPORT_H_

#include <span>
#include <string>
#include <vector>

#include "apps/cli/eval/scorer.h"

namespace phiwire::cli {

struct CurvePoint {
  double threshold = 0;
  double recall = 0;
  double precision = 0;
};

// Scores at thresholds 0, 0.05, ... 1, from options.min_score up: what lies
// below it was never reported.
std::vector<CurvePoint> ThresholdCurve(std::span<const EvalDocument> documents,
                                       const EvalOptions& options);

// `score` with mistakes. `title` is shown as the heading.
std::string HtmlReport(std::span<const EvalDocument> documents,
                       const EvalScore& score,
                       std::span<const CurvePoint> curve,
                       const std::string& title);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EVAL_HTML_REPORT_H_
