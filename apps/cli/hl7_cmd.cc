// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/hl7_cmd.h"

#include <unistd.h>

#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/inputs.h"
#include "apps/cli/names.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 30;

absl::StatusOr<FileOutput> Check(const Deidentifier& deid, const Input& input,
                                 const std::string& encoding) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(input, kMaxFile));
  PHIWIRE_ASSIGN_OR_RETURN(const DecodedText decoded,
                           DecodeInput(bytes, encoding));
  const std::string& text = decoded.utf8;
  if (text.empty()) return FileOutput();
  // File, not AnalyzeFile: writing back can be what a message fails on.
  return deid.File(text, Format::kHl7);
}

}  // namespace

int RunHl7Check(const Hl7Flags& flags) {
  const absl::Status encoding = CheckEncoding(flags.encoding);
  if (!encoding.ok()) return UsageError(encoding);
  const auto list = ListInputs(flags.paths);
  if (!list.ok()) return UsageError(list.status());
  const auto deid = MakeEngine(flags.engine);
  if (!deid.ok()) return UsageError(deid.status());
  const auto lexicon = OpenLexicon();
  if (!lexicon.ok()) return UsageError(lexicon.status());
  NameFilter filter(*lexicon, flags.show_paths);
  std::size_t messages = 0;
  std::size_t refused = 0;
  for (const Input& input : list->inputs) {
    const std::string shown = ShownName(input, &filter);
    const auto output = Check(*deid, input, flags.encoding);
    if (!output.ok()) {
      ++refused;
      Say(RefusedInput(input.ordinal, shown, output.status()));
      continue;
    }
    messages += output->records;
    refused += output->refusals.size();
    for (const Refusal& refusal : output->refusals) {
      Say(RefusedRecord(input.ordinal, shown, refusal));
    }
  }
  const std::string line = Concat({std::to_string(messages), " messages, ",
                                   std::to_string(refused), " refused\n"});
  if (!WriteAll(STDOUT_FILENO, line).ok()) return kExitRefused;
  return refused == 0 ? kExitDone : kExitRefused;
}

}  // namespace phiwire::cli
