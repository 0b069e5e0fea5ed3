// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "apps/cli/deid_document.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/line_reader.h"
#include "apps/cli/ordered_pipeline.h"
#include "apps/cli/output_file.h"
#include "apps/cli/stop_signal.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/log/entries.h"

namespace phiwire::cli {
namespace {

// What became of one block.
struct BlockResult {
  absl::StatusOr<FileOutput> output;
  std::size_t begin = 0;
  std::size_t size = 0;
  std::string bytes;  // as read, for the audit log only
};

// The first block tells whether this is a log at all.
absl::Status CheckStart(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 2);
  if (head == "\xFF\xFE" || head == "\xFE\xFF") {
    return absl::InvalidArgumentError("UTF-16: give --encoding utf-16");
  }
  return CheckNotBinary(bytes);
}

BlockResult DeidBlock(const DeidSettings& settings, LineBlock& block) {
  BlockResult result{absl::UnknownError(""), block.begin, block.size, ""};
  const absl::Status start =
      block.begin == 0 ? CheckStart(block.bytes) : absl::OkStatus();
  if (!start.ok()) {
    result.output = start;
  } else if (block.oversized) {
    result.output =
        absl::OutOfRangeError(Concat({"a line of ", std::to_string(block.size),
                                      " bytes is over max_record"}));
  } else {
    result.output =
        settings.deid->File(block.bytes, Format::kLog, settings.about);
  }
  if (settings.audit != nullptr) result.bytes = std::move(block.bytes);
  return result;
}

// All entries but the last, which may go on.
std::size_t CutBeforeLastEntry(std::string_view lines) {
  const std::vector<RecordRange> entries = SplitLogEntries(lines);
  return entries.empty() ? lines.size() : entries.back().begin;
}

// Takes the blocks' results, in order: records, writes, tells and counts.
class LogSink {
 public:
  LogSink(const DeidTask& task, DeidAudit* audit, OutputFile* file,
          Outcome* outcome)
      : task_(task), audit_(audit), file_(file), outcome_(outcome) {}

  // False to stop.
  bool Take(BlockResult& result) {
    const absl::Status& refused = result.output.status();
    if (absl::IsInvalidArgument(refused)) {  // no log at all: nothing is kept
      status_ = refused;
      return false;
    }
    Tally block;
    block.bytes = result.size;
    if (!refused.ok()) {
      Note({1, 0, result.size, refused}, result.begin, &block);
      ++records_;
    } else {
      for (const Refusal& refusal : result.output->refusals) {
        Note(refusal, result.begin, &block);
      }
      records_ += result.output->records;
      block.Count(result.output->findings);
    }
    outcome_->tally.Add(block);
    status_ = Release(result, block);
    return status_.ok() && StopSignal() == 0;
  }

  const absl::Status& status() const { return status_; }

 private:
  absl::Status Release(const BlockResult& result, const Tally& block) {
    std::string_view text;
    if (result.output.ok()) text = result.output->text;
    if (audit_ != nullptr) {
      absl::Status recorded = audit_->Record(result.bytes, text, block);
      if (!recorded.ok()) {
        outcome_->unaudited = true;
        return recorded;
      }
    }
    if (text.empty()) return absl::OkStatus();
    return file_ != nullptr ? file_->Append(text)
                            : WriteAll(STDOUT_FILENO, text);
  }

  // Said at once: a pipe may run for days.
  void Note(Refusal refusal, std::size_t begin, Tally* block) {
    refusal.ordinal += records_;
    refusal.begin += begin;
    refusal.end += begin;
    outcome_->failed = true;
    ++block->refused;
    Say(RefusedRecord(task_.input.ordinal, task_.shown, refusal));
  }

  const DeidTask& task_;
  DeidAudit* audit_;
  OutputFile* file_;
  Outcome* outcome_;
  std::size_t records_ = 0;
  absl::Status status_;
};

absl::Status Log(const DeidSettings& settings, const DeidTask& task,
                 std::size_t threads,
                 const std::function<void(const Tally&)>& report,
                 Outcome* outcome) {
  PHIWIRE_ASSIGN_OR_RETURN(const int fd, OpenInput(task.input));
  std::optional<OutputFile> file;
  if (!task.target.empty()) {
    auto made = OutputFile::Create(task.target);
    if (!made.ok()) {
      if (fd != STDIN_FILENO) ::close(fd);
      return made.status();
    }
    file.emplace(*std::move(made));
  }
  LineReader reader(fd, settings.deid->policy().max_record, CutBeforeLastEntry);
  LogSink sink(task, settings.audit, file ? &*file : nullptr, outcome);
  OrderedPipeline<LineBlock, BlockResult> pipeline(
      [&] { return reader.Next(); },
      [&](LineBlock& block) { return DeidBlock(settings, block); },
      [&](BlockResult& result) {
        const bool go_on = sink.Take(result);
        report(outcome->tally);
        return go_on;
      });
  pipeline.Run(threads);
  if (fd != STDIN_FILENO) ::close(fd);
  PHIWIRE_RETURN_IF_ERROR(reader.status());
  PHIWIRE_RETURN_IF_ERROR(sink.status());
  if (StopSignal() != 0) return absl::CancelledError("interrupted");
  return file ? file->Commit() : absl::OkStatus();
}

}  // namespace

Outcome DeidLog(const DeidSettings& settings, const DeidTask& task,
                std::size_t threads,
                const std::function<void(const Tally&)>& report) {
  Outcome outcome;
  const absl::Status status = Log(settings, task, threads, report, &outcome);
  outcome.tally.documents = 1;
  if (outcome.unaudited) {
    outcome.failed = true;
    outcome.messages.emplace_back(ToStd(status.message()));
  } else if (!status.ok()) {
    outcome.failed = true;
    ++outcome.tally.refused;
    outcome.messages.push_back(
        RefusedInput(task.input.ordinal, task.shown, status));
  }
  return outcome;
}

}  // namespace phiwire::cli
