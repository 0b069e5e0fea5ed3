// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid_document.h"

#include <utility>

#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"

namespace phiwire::cli {
namespace {

// Formats read whole keep a file and its output in memory.
constexpr std::size_t kMaxFile = std::size_t{4} << 30;

void Refuse(const DeidTask& task, const absl::Status& status,
            Outcome* outcome) {
  outcome->failed = true;
  ++outcome->tally.refused;
  outcome->messages.push_back(
      RefusedInput(task.input.ordinal, task.shown, status));
}

absl::Status WriteWhole(const std::string& target, std::string_view text) {
  PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(target));
  PHIWIRE_RETURN_IF_ERROR(file.Append(text));
  return file.Commit();
}

absl::Status Document(const DeidSettings& settings, const DeidTask& task,
                      Outcome* outcome) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes,
                           ReadInput(task.input, kMaxFile));
  outcome->tally.bytes = bytes.size();
  PHIWIRE_ASSIGN_OR_RETURN(const DecodedText decoded,
                           DecodeInput(bytes, settings.encoding));
  const std::string& text = decoded.utf8;
  FileOutput output;
  if (!text.empty()) {  // an empty file gives an empty file
    PHIWIRE_ASSIGN_OR_RETURN(
        output, settings.deid->File(text, settings.format, settings.about));
  }
  for (const Refusal& refusal : output.refusals) {
    outcome->misconfigured =
        outcome->misconfigured || absl::IsFailedPrecondition(refusal.status);
    outcome->messages.push_back(
        RefusedRecord(task.input.ordinal, task.shown, refusal));
  }
  outcome->tally.refused += output.refusals.size();
  outcome->failed = !output.refusals.empty();
  outcome->tally.Count(output.findings);
  // A file of which nothing could be read leaves no output behind.
  if (output.records > 0 && output.refusals.size() >= output.records) {
    return absl::OkStatus();
  }
  // Back to the file's own encoding.
  PHIWIRE_ASSIGN_OR_RETURN(
      outcome->text, FromUtf8(output.text, decoded.encoding, decoded.bom));
  if (task.target.empty()) return absl::OkStatus();
  PHIWIRE_RETURN_IF_ERROR(WriteWhole(task.target, outcome->text));
  outcome->text.clear();
  return absl::OkStatus();
}

}  // namespace

Outcome DeidDocument(const DeidSettings& settings, const DeidTask& task) {
  Outcome outcome;
  outcome.tally.documents = 1;
  const absl::Status status = Document(settings, task, &outcome);
  if (!status.ok()) Refuse(task, status, &outcome);
  return outcome;
}

}  // namespace phiwire::cli
