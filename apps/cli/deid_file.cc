// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid_file.h"

#include <sys/stat.h>

#include <utility>

#include "apps/cli/stop_signal.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

// A line that was not even kept.
FileOutput Oversized(std::size_t size) {
  FileOutput output;
  output.records = 1;
  output.refusals.push_back(
      {1, 0, size,
       absl::OutOfRangeError(Concat({"a line of ", std::to_string(size),
                                     " bytes is over max_record"}))});
  return output;
}

bool IsFolder(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

// What no other input of the run would survive either.
bool EndsTheRun(const absl::Status& status) {
  return absl::IsResourceExhausted(status) || absl::IsCancelled(status);
}

}  // namespace

absl::Status DeidFile::Open() {
  if (settings_.manifest != nullptr) {
    if (settings_.resume &&
        settings_.manifest->IsDone(task_.input.path, task_.target)) {
      skipped_ = true;
      return absl::OkStatus();
    }
    input_mac_ = settings_.manifest->InputMac();
    output_mac_ = settings_.manifest->OutputMac();
  }
  PHIWIRE_ASSIGN_OR_RETURN(
      BlockReader reader,
      BlockReader::Open(settings_.reader, task_.input,
                        input_mac_ ? &*input_mac_ : nullptr));
  reader_.emplace(std::move(reader));
  PHIWIRE_ASSIGN_OR_RETURN(
      FileWriter writer,
      FileWriter::Create(
          {task_.target, task_.input.ordinal, reader_->compression(),
           reader_->encoding(), reader_->bom()},
          output_mac_ ? &*output_mac_ : nullptr));
  writer_.emplace(std::move(writer));
  return absl::OkStatus();
}

absl::StatusOr<Block> DeidFile::Read() {
  if (failed_) return absl::AbortedError("refused");
  if (!reader_) PHIWIRE_RETURN_IF_ERROR(Open());
  if (!skipped_) return reader_->Next();
  Block block;
  block.last = true;
  return block;
}

Block DeidFile::Next() {
  auto block = Read();
  if (block.ok()) {
    ended_ = block->last;
    return *std::move(block);
  }
  ended_ = true;
  read_status_ = block.status();
  Block none;
  none.last = true;
  return none;
}

BlockResult DeidFile::Work(Block& block) const {
  BlockResult result;
  if (block.last && !read_status_.ok()) {
    result.status = read_status_;
  } else if (!skipped_ && !failed_) {
    result.status = Process(block, &result);
  }
  if (settings_.audit == nullptr) block.text.clear();
  result.block = std::move(block);
  return result;
}

absl::Status DeidFile::Process(Block& block, BlockResult* result) const {
  if (block.oversized) {
    result->output = Oversized(block.size);
  } else if (reader_->file() != nullptr && !block.text.empty()) {
    PHIWIRE_ASSIGN_OR_RETURN(result->output, reader_->file()->Deidentify(
                                                 block.text, settings_.about));
  }
  std::string text = std::exchange(result->output.text, {});
  // Of a file of which nothing could be read nothing comes out.
  const FileOutput& output = result->output;
  if (block.first && block.last && output.records > 0 &&
      output.refusals.size() >= output.records) {
    text.clear();
  }
  if (settings_.audit != nullptr) result->output.text = text;
  result->tally.bytes = block.consumed;
  result->tally.records = output.records;
  result->tally.refused = output.refusals.size();
  result->tally.removed = output.removals.size();
  result->tally.findings = output.counts;
  PHIWIRE_ASSIGN_OR_RETURN(result->piece, writer_->Prepare(std::move(text)));
  return absl::OkStatus();
}

void DeidFile::Note(const BlockResult& result) {
  const FileOutput& output = result.output;
  for (const Refusal& refusal : output.refusals) {
    outcome_.misconfigured =
        outcome_.misconfigured || absl::IsFailedPrecondition(refusal.status);
    outcome_.incidents.push_back(
        {Incident::Kind::kRefusedRecord, records_ + refusal.ordinal,
         result.block.begin + refusal.begin, result.block.begin + refusal.end,
         "", std::string(ToStd(refusal.status.message()))});
  }
  for (const Removal& removal : output.removals) {
    outcome_.incidents.push_back(
        {Incident::Kind::kRemoved, records_ + removal.ordinal,
         result.block.begin + removal.begin, result.block.begin + removal.end,
         removal.path, removal.reason});
  }
  records_ += output.records;
  refused_ += output.refusals.size();
  incomplete_ = incomplete_ || !output.removals.empty() || refused_ > 0;
  outcome_.failed = outcome_.failed || refused_ > 0;
  outcome_.tally.Add(result.tally);
}

// The record comes before what it is about is let out.
absl::Status DeidFile::Audit(const BlockResult& result) {
  if (settings_.audit == nullptr) return absl::OkStatus();
  // What ends a stream may hold nothing.
  if (!result.block.first && result.status.ok() && result.block.size == 0) {
    return absl::OkStatus();
  }
  absl::Status status = settings_.audit->Record(
      result.block.text, result.output.text, result.tally);
  if (status.ok()) return status;
  outcome_.misconfigured = true;
  return absl::ResourceExhaustedError(status.message());
}

void DeidFile::Take(BlockResult& result) {
  if (failed_) return;
  if (skipped_) {
    Tally& tally = outcome_.tally;
    tally.documents = tally.skipped = 1;
    tally.bytes = task_.input.bytes;
    return;
  }
  absl::Status status = result.status;
  if (status.ok()) {
    Note(result);
    status = Audit(result);
    if (status.ok()) status = writer_->Append(result.piece);
    if (status.ok() && result.block.last) status = Finish();
    if (status.ok() && StopSignal() != 0) {
      status = absl::CancelledError("interrupted");
    }
  } else {
    result.output = {};
    result.tally = {};
    result.tally.refused = 1;
    const absl::Status audited = Audit(result);
    if (!audited.ok()) status = audited;
  }
  if (!status.ok()) Fail(status);
}

absl::Status DeidFile::Finish() {
  CountFile();
  if (settings_.reader.format == Format::kAuto && !reader_->guess().sure) {
    outcome_.incidents.push_back(
        {Incident::Kind::kUnsure, 0, 0, 0,
         std::string(FormatName(reader_->guess().format)),
         std::string(reader_->guess().why)});
  }
  std::string_view said = incomplete_ ? "partial" : "done";
  if (records_ > 0 && refused_ >= records_) {
    said = "refused";
    writer_->TakeFile();
  } else {
    if (!task_.target.empty() && IsFolder(task_.target)) {
      return absl::UnavailableError("the output's place is a folder's");
    }
    PHIWIRE_RETURN_IF_ERROR(writer_->Finish());
    outcome_.file = writer_->TakeFile();
  }
  if (settings_.manifest == nullptr) return absl::OkStatus();
  if (outcome_.file) PHIWIRE_RETURN_IF_ERROR(outcome_.file->Close());
  outcome_.manifest_line = settings_.manifest->Line(
      task_.input.path, task_.target, input_mac_->Hex(),
      outcome_.file ? output_mac_->Hex() : "", said);
  return absl::OkStatus();
}

void DeidFile::CountFile() {
  ++outcome_.tally.documents;
  if (reader_ && reader_->file() != nullptr) {
    ++outcome_.tally
          .formats[static_cast<std::size_t>(reader_->file()->format())];
  }
}

void DeidFile::Fail(const absl::Status& status) {
  failed_ = true;
  outcome_.failed = true;
  outcome_.file.reset();
  // Not the writer: blocks of the file may be in work.
  if (writer_) writer_->TakeFile();
  if (EndsTheRun(status)) {
    outcome_.fatal = status;
    return;
  }
  if (outcome_.tally.documents == 0) CountFile();
  ++outcome_.tally.refused;
  outcome_.incidents.push_back({Incident::Kind::kRefusedInput, 0, 0, 0, "",
                                std::string(ToStd(status.message()))});
  if (settings_.manifest != nullptr) {
    outcome_.manifest_line = settings_.manifest->Line(
        task_.input.path, task_.target, "", "", "refused");
  }
}

void DeidFile::RunToEnd() {
  while (!ended_) {
    Block block = Next();
    BlockResult result = Work(block);
    Take(result);
  }
}

Outcome DeidFile::TakeOutcome() { return std::exchange(outcome_, {}); }

}  // namespace phiwire::cli
