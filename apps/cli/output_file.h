// SPDX-License-Identifier: Apache-2.0
//
// A file that appears whole or not at all: written under a neutral temporary
// name in the target's folder, synced, then renamed. What is not committed is
// removed by the destructor.
//
//   PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create("out/a.txt"));
//   PHIWIRE_RETURN_IF_ERROR(file.Append(text));
//   return file.Commit();
//
// Many files are synced together: Close each, sync the file system, then
// Publish each.

#ifndef PHIWIRE_APPS_CLI_OUTPUT_FILE_H_
#define PHIWIRE_APPS_CLI_OUTPUT_FILE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::cli {

// All of `bytes`, through short writes and interrupts. kUnavailable with the
// system's reason; kResourceExhausted when the disk is full or failing, so that
// no other write will do; kCancelled when the reader of a pipe has gone.
absl::Status WriteAll(int fd, std::string_view bytes);

// Whether a file of that name is one of OutputFile's temporary ones, left by a
// process that is no more.
bool IsStaleOutput(std::string_view name);

class OutputFile {
 public:
  // Makes the folders above `path` as needed. `number`: where to begin to look
  // for a free temporary name; one of its own for each file of a run.
  static absl::StatusOr<OutputFile> Create(const std::string& path,
                                           std::size_t number = 0);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();

  absl::Status Append(std::string_view bytes);
  // Sync, Close and Publish.
  absl::Status Commit();

  absl::Status Close();
  absl::Status Publish();

 private:
  void Discard();
  OutputFile(int fd, std::string temporary, std::string target);

  int fd_ = -1;
  std::string temporary_;  // empty once committed
  std::string target_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_OUTPUT_FILE_H_
