// SPDX-License-Identifier: Apache-2.0
//
// One input of `phiwire deid` on its way: read in blocks, freed of its PHI,
// written. Small files are run whole by one thread; the blocks of a large one
// are worked on by several:
//
//   while (!file.ended()) {           // one thread at a time
//     Block block = file.Next();
//     BlockResult done = file.Work(block);      // any thread
//     file.Take(done);                // in the blocks' order
//   }
//   Outcome outcome = file.TakeOutcome();
//
// An error anywhere ends the file and nothing of it is left behind; what went
// to standard output before stays there.

#ifndef PHIWIRE_APPS_CLI_DEID_FILE_H_
#define PHIWIRE_APPS_CLI_DEID_FILE_H_

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/block_reader.h"
#include "apps/cli/content_mac.h"
#include "apps/cli/deid_audit.h"
#include "apps/cli/file_writer.h"
#include "apps/cli/inputs.h"
#include "apps/cli/manifest.h"
#include "apps/cli/output_file.h"
#include "apps/cli/tally.h"
#include "phiwire/deidentifier.h"

namespace phiwire::cli {

struct DeidTask {
  Input input;
  std::string target;  // file; empty: standard output
};

// Something that did not come through, for messages and the quarantine list.
struct Incident {
  enum class Kind { kRefusedInput, kRefusedRecord, kRemoved, kUnsure };
  Kind kind = Kind::kRefusedInput;
  std::size_t ordinal = 0;  // of the record; not kRefusedInput, kUnsure
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string where;   // kRemoved: the field
  std::string reason;  // no content
};

struct Outcome {
  std::vector<Incident> incidents;
  Tally tally;
  bool failed = false;  // something was refused or not written
  // Refused because the policy asks for what was not given (a patient for
  // date_shift) or can't be done to the value (a domain too small for fpe).
  bool misconfigured = false;
  // All ends here, for this reason: the audit log can't be written, the disk
  // is full, the reader of standard output has gone.
  absl::Status fatal;
  // Written whole, to be published; and what the manifest says of it then.
  std::optional<OutputFile> file;
  std::string manifest_line;
};

struct DeidSettings {
  BlockReader::Settings reader;
  RecordOptions about;
  DeidAudit* audit = nullptr;          // null: no audit log
  const Manifest* manifest = nullptr;  // null: none is kept
  bool resume = false;                 // what it says is done is left alone
};

// What became of a block.
struct BlockResult {
  Block block;  // its text only where an audit log wants it
  absl::Status status;
  FileOutput output;  // no findings; the text only for an audit log
  Tally tally;
  Compressor::Piece piece;  // as it is written
};

class DeidFile {
 public:
  // Both outlive the file.
  DeidFile(const DeidSettings& settings, const DeidTask& task)
      : settings_(settings), task_(task) {}

  bool ended() const { return ended_; }
  Block Next();
  BlockResult Work(Block& block) const;
  void Take(BlockResult& result);

  // All of the above, of what is left.
  void RunToEnd();

  // What has gathered since the last call.
  Outcome TakeOutcome();

 private:
  absl::StatusOr<Block> Read();
  absl::Status Open();
  absl::Status Process(Block& block, BlockResult* result) const;
  void Note(const BlockResult& result);
  absl::Status Audit(const BlockResult& result);
  absl::Status Finish();
  void CountFile();
  void Fail(const absl::Status& status);

  const DeidSettings& settings_;
  const DeidTask& task_;

  // Of the reading thread, until Take has the first block.
  bool ended_ = false;
  bool skipped_ = false;  // done in an earlier run
  std::optional<ContentMac> input_mac_;
  std::optional<ContentMac> output_mac_;
  std::optional<BlockReader> reader_;
  std::optional<FileWriter> writer_;
  // A read error waits here for its turn.
  absl::Status read_status_;

  // Of the thread in Take.
  std::atomic<bool> failed_ = false;  // the reader stops, too
  std::size_t records_ = 0;
  std::size_t refused_ = 0;
  bool incomplete_ = false;  // not all of it has come through
  Outcome outcome_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_DEID_FILE_H_
