// SPDX-License-Identifier: Apache-2.0
//
// A file that appears whole or not at all: written under a neutral temporary
// name in the target's folder, synced, then renamed. What is not committed is
// removed by the destructor.
//
//   PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create("out/a.txt"));
//   PHIWIRE_RETURN_IF_ERROR(file.Append(text));
//   return file.Commit();

#ifndef PHIWIRE_APPS_CLI_OUTPUT_FILE_H_
#define PHIWIRE_APPS_CLI_OUTPUT_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::cli {

// All of `bytes`, through short writes and interrupts. kUnavailable with the
// system's reason; kCancelled when the reader of a pipe has gone.
absl::Status WriteAll(int fd, std::string_view bytes);

class OutputFile {
 public:
  // Makes the folders above `path` as needed.
  static absl::StatusOr<OutputFile> Create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  absl::Status Append(std::string_view bytes);
  absl::Status Commit();

 private:
  OutputFile(int fd, std::string temporary, std::string target);

  int fd_ = -1;
  std::string temporary_;  // empty once committed
  std::string target_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_OUTPUT_FILE_H_
