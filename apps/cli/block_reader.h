// SPDX-License-Identifier: Apache-2.0
//
// One input as blocks of whole records in UTF-8, so that a file or pipe of any
// length flows through bounded memory. What is complete when data arrives is a
// block: a program that writes one record and waits gets its answer. Formats
// that are one document come as one block, at most max_record large.
//
// The last entry of a log may go on in the next line; it is held back until
// that has begun, or for kPause.
//
// An input without a byte is one empty block. Threads: Next and Open one at a
// time; the rest once Open is done, from any.

#ifndef PHIWIRE_APPS_CLI_BLOCK_READER_H_
#define PHIWIRE_APPS_CLI_BLOCK_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/byte_source.h"
#include "apps/cli/content_mac.h"
#include "apps/cli/inputs.h"
#include "base/encoding.h"
#include "phiwire/deidentifier.h"

namespace phiwire::cli {

struct Block {
  std::string text;
  std::size_t begin = 0;       // in the input as UTF-8, its mark counted
  std::size_t size = 0;        // of the input's text it stands for
  std::uint64_t consumed = 0;  // bytes of the file it took to read it
  bool first = false;
  bool last = false;
  bool oversized = false;  // a line over max_record, of which nothing is kept
};

class BlockReader {
 public:
  struct Settings {
    const Deidentifier* deid = nullptr;
    Format format = Format::kAuto;
    std::string encoding = "auto";
    std::size_t block_bytes = kBlock;
  };
  // Large enough that cutting costs nothing, small enough that threads share a
  // file of a few megabytes evenly.
  static constexpr std::size_t kBlock = std::size_t{256} << 10;

  // Reads as much as tells the format. `mac` as ByteSource's.
  static absl::StatusOr<BlockReader> Open(const Settings& settings,
                                          const Input& input, ContentMac* mac);
  BlockReader(BlockReader&&) noexcept = default;

  // After the block that says `last`, or an error, there are no more.
  absl::StatusOr<Block> Next();

  // Null: the input holds nothing.
  const FileDeidentifier* file() const { return file_ ? &*file_ : nullptr; }
  // False: "auto" had to guess, and `why` says by what.
  const FormatGuess& guess() const { return guess_; }
  Compression compression() const { return source_.compression(); }
  const std::string& encoding() const { return decoder_->encoding(); }
  bool bom() const { return decoder_->bom(); }

 private:
  BlockReader(const Settings& settings, ByteSource source);

  absl::Status ReadHead();
  absl::Status OpenFile();
  absl::Status Check(std::string_view text) const;
  absl::Status ReadMore(std::size_t most);
  absl::Status Fill();
  absl::StatusOr<Block> Whole();
  bool log() const { return file_->format() == Format::kLog; }
  std::size_t Ready();
  Block Take(std::size_t size);
  absl::StatusOr<Block> Discard();
  void Number(Block* block);

  Settings settings_;
  std::size_t max_record_;
  ByteSource source_;
  std::optional<TextDecoder> decoder_;
  std::optional<FileDeidentifier> file_;
  std::string name_;  // the file's: its ending may tell the format
  FormatGuess guess_;
  std::string raw_;         // as read, not yet decoded
  std::string text_;        // not yet given out
  std::size_t offset_ = 0;  // of text_ in the input
  std::size_t tried_ = 0;   // of text_: holds no whole record
  std::uint64_t told_ = 0;  // bytes of the file that blocks stand for
  bool begun_ = false;
  bool end_ = false;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_BLOCK_READER_H_
