// SPDX-License-Identifier: Apache-2.0
//
// What comes out of one input, written as the input was: in its encoding, with
// its byte order mark, compressed as it. To a file, which appears whole or not
// at all, or to standard output.
//
// Threads: Prepare from any; Append and Finish in order, one at a time.

#ifndef PHIWIRE_APPS_CLI_FILE_WRITER_H_
#define PHIWIRE_APPS_CLI_FILE_WRITER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/content_mac.h"
#include "apps/cli/output_file.h"
#include "base/compressor.h"

namespace phiwire::cli {

class FileWriter {
 public:
  struct Settings {
    std::string target;      // empty: standard output
    std::size_t number = 0;  // of the input, for OutputFile
    Compression compression = Compression::kNone;
    std::string encoding = "utf-8";
    bool bom = false;
  };

  // Makes no file yet. `mac` is told of what is written; null: nobody is.
  static absl::StatusOr<FileWriter> Create(Settings settings, ContentMac* mac);

  // UTF-8 in the form it is written in. kDataLoss when the encoding has no
  // such character.
  absl::StatusOr<Compressor::Piece> Prepare(std::string text) const;
  absl::Status Append(const Compressor::Piece& piece);
  // What ends the compression. A file is whole now but still under its
  // temporary name; to standard output there is none.
  absl::Status Finish();

  // The file of a finished writer; its caller publishes it.
  std::optional<OutputFile> TakeFile() { return std::move(file_); }

 private:
  FileWriter(Settings settings, std::unique_ptr<Compressor> compressor,
             ContentMac* mac);
  absl::Status Begin();
  absl::Status Write(std::string_view bytes);

  Settings settings_;
  std::unique_ptr<Compressor> compressor_;  // null: none
  ContentMac* mac_;
  bool begun_ = false;
  std::optional<OutputFile> file_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_FILE_WRITER_H_
