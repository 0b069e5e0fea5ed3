// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid_document.h"

#include <utility>

#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

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

// The document in outcome->text, in the file's own encoding; empty when
// nothing of it is to be let out.
absl::StatusOr<bool> Clean(const DeidSettings& settings, const DeidTask& task,
                           std::string_view bytes, Outcome* outcome) {
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
    return false;
  }
  PHIWIRE_ASSIGN_OR_RETURN(
      outcome->text, FromUtf8(output.text, decoded.encoding, decoded.bom));
  return true;
}

// The record comes before the document is let out.
absl::Status Audit(const DeidSettings& settings, std::string_view bytes,
                   Outcome* outcome) {
  if (settings.audit == nullptr) return absl::OkStatus();
  absl::Status status =
      settings.audit->Record(bytes, outcome->text, outcome->tally);
  if (status.ok()) return status;
  outcome->text.clear();
  outcome->unaudited = true;
  return status;
}

absl::Status Document(const DeidSettings& settings, const DeidTask& task,
                      Outcome* outcome) {
  const auto bytes = ReadInput(task.input, kMaxFile);
  if (!bytes.ok()) {
    Refuse(task, bytes.status(), outcome);
    return Audit(settings, "", outcome);
  }
  outcome->tally.bytes = bytes->size();
  const auto clean = Clean(settings, task, *bytes, outcome);
  if (!clean.ok()) Refuse(task, clean.status(), outcome);
  PHIWIRE_RETURN_IF_ERROR(Audit(settings, *bytes, outcome));
  if (!clean.ok() || !*clean || task.target.empty()) return absl::OkStatus();
  PHIWIRE_RETURN_IF_ERROR(WriteWhole(task.target, outcome->text));
  outcome->text.clear();
  return absl::OkStatus();
}

}  // namespace

Outcome DeidDocument(const DeidSettings& settings, const DeidTask& task) {
  Outcome outcome;
  outcome.tally.documents = 1;
  const absl::Status status = Document(settings, task, &outcome);
  if (outcome.unaudited) {
    outcome.failed = true;
    outcome.messages = {std::string(ToStd(status.message()))};
  } else if (!status.ok()) {
    Refuse(task, status, &outcome);
  }
  return outcome;
}

}  // namespace phiwire::cli
