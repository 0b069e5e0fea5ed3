// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/publisher.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace phiwire::cli {
namespace {

// What waits at most: little is lost, and a sync is paid for.
constexpr std::size_t kFiles = 1000;
constexpr std::uint64_t kBytes = std::uint64_t{64} << 20;
constexpr auto kTime = std::chrono::seconds(1);

}  // namespace

absl::Status Publisher::Add(OutputFile file, std::string line,
                            std::uint64_t bytes) {
  if (manifest_ == nullptr) return file.Commit();
  files_.push_back(std::move(file));
  lines_ += line;
  bytes_ += bytes;
  return FlushIfDue();
}

absl::Status Publisher::Add(std::string line) {
  lines_ += line;
  return FlushIfDue();
}

absl::Status Publisher::FlushIfDue() {
  const bool due = files_.size() >= kFiles || bytes_ >= kBytes ||
                   Clock::now() - last_ >= kTime;
  return due ? Flush() : absl::OkStatus();
}

absl::Status Publisher::Sync() const {
  const int fd = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::UnavailableError("the output folder has gone");
  const bool synced = ::syncfs(fd) == 0;
  const int error = errno;
  ::close(fd);
  // Some network file systems have nothing to sync.
  if (synced || error == EINVAL || error == ENOSYS) return absl::OkStatus();
  return absl::ResourceExhaustedError("the output folder can't be synced");
}

absl::Status Publisher::Flush() {
  last_ = Clock::now();
  bytes_ = 0;
  std::vector<OutputFile> files = std::exchange(files_, {});
  const std::string lines = std::exchange(lines_, {});
  if (manifest_ == nullptr || lines.empty()) return absl::OkStatus();
  absl::Status status = files.empty() ? absl::OkStatus() : Sync();
  for (OutputFile& file : files) {
    if (status.ok()) status = file.Publish();
  }
  return status.ok() ? manifest_->Append(lines) : status;
}

}  // namespace phiwire::cli
