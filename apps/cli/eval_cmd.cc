// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/eval_cmd.h"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/eval/gold.h"
#include "apps/cli/eval/html_report.h"
#include "apps/cli/eval/scorer.h"
#include "apps/cli/eval/text_report.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

std::set<std::string> SplitTypes(const std::string& list) {
  std::set<std::string> types;
  if (list.empty()) return types;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    types.insert(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return types;
}

absl::Status WriteHtml(const std::string& path, const std::string& html) {
  PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path));
  PHIWIRE_RETURN_IF_ERROR(file.Append(html));
  return file.Commit();
}

// Predictions from the file, or from the engine. *refused counts texts the
// engine would not read.
absl::Status AddPredictions(const EvalFlags& flags,
                            std::vector<EvalDocument>* documents,
                            std::size_t* refused) {
  if (!flags.predictions.empty()) {
    return ReadPredictions(flags.predictions, documents);
  }
  PHIWIRE_ASSIGN_OR_RETURN(const Deidentifier deid, MakeEngine(flags.engine));
  *refused = Predict(deid, flags.jobs, {}, documents);
  return absl::OkStatus();
}

}  // namespace

int RunEval(const EvalFlags& flags) {
  auto documents = ReadGold(flags.gold);
  if (!documents.ok()) return UsageError(documents.status());
  std::size_t refused = 0;
  absl::Status status = AddPredictions(flags, &*documents, &refused);
  if (!status.ok()) return UsageError(status);
  if (flags.subset) {
    std::erase_if(*documents,
                  [](const EvalDocument& d) { return !d.has_prediction; });
  }
  EvalOptions options;
  options.min_score = flags.min_score;
  options.ignore = SplitTypes(flags.ignore);
  options.mistakes = !flags.html.empty();
  const EvalScore score = Score(*documents, options);
  status = WriteAll(STDOUT_FILENO,
                    TextReport(score, !flags.no_types, flags.examples));
  if (status.ok() && !flags.html.empty()) {
    const auto curve = ThresholdCurve(*documents, options);
    status = WriteHtml(flags.html,
                       HtmlReport(*documents, score, curve, "phiwire eval"));
  }
  if (!status.ok()) return UsageError(status);
  if (refused == 0) return kExitDone;
  Say(Concat({std::to_string(refused), " documents were refused"}));
  return kExitRefused;
}

}  // namespace phiwire::cli
