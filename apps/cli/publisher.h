// SPDX-License-Identifier: Apache-2.0
//
// Puts finished outputs in their places. In a folder many at a time: one sync
// of the file system, then their renames, then their lines in the manifest; so
// a crash leaves whole files only, and no line without its file. A sync a file
// would take three milliseconds each. The sync runs beside the work; what went
// wrong with it is told by the next call. Threads: one at a time.

#ifndef PHIWIRE_APPS_CLI_PUBLISHER_H_
#define PHIWIRE_APPS_CLI_PUBLISHER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "apps/cli/manifest.h"
#include "apps/cli/output_file.h"

namespace phiwire::cli {

class Publisher {
 public:
  // `folder`: the output folder. No manifest: each file for itself.
  Publisher(std::string folder, Manifest* manifest)
      : folder_(std::move(folder)), manifest_(manifest) {}

  // `file` is closed if there is a manifest. `bytes`: about its size.
  absl::Status Add(OutputFile file, std::string line, std::uint64_t bytes);
  // A line without a file.
  absl::Status Add(std::string line);
  // Waits until all is in its place.
  absl::Status Flush();

 private:
  struct Batch {
    std::vector<OutputFile> files;
    std::string lines;
  };
  using Clock = std::chrono::steady_clock;
  absl::Status FlushIfDue();
  absl::Status Launch();  // what waits, once the batch before is done
  absl::Status Wait();
  absl::Status Place(Batch batch) const;  // in a thread of its own
  absl::Status Sync() const;

  std::string folder_;
  Manifest* manifest_;
  Batch batch_;
  std::uint64_t bytes_ = 0;
  Clock::time_point last_ = Clock::now();
  // Last, so that it is waited for before the rest goes.
  std::future<absl::Status> flight_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_PUBLISHER_H_
