// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/publisher.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/status_macros.h"

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
  batch_.files.push_back(std::move(file));
  batch_.lines += line;
  bytes_ += bytes;
  return FlushIfDue();
}

absl::Status Publisher::Add(std::string line) {
  batch_.lines += line;
  return FlushIfDue();
}

absl::Status Publisher::FlushIfDue() {
  const bool due = batch_.files.size() >= kFiles || bytes_ >= kBytes ||
                   Clock::now() - last_ >= kTime;
  return due ? Launch() : absl::OkStatus();
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

absl::Status Publisher::Wait() {
  return flight_.valid() ? flight_.get() : absl::OkStatus();
}

absl::Status Publisher::Launch() {
  PHIWIRE_RETURN_IF_ERROR(Wait());
  last_ = Clock::now();
  bytes_ = 0;
  flight_ = std::async(std::launch::async,
                       [this, batch = std::exchange(batch_, {})]() mutable {
                         return Place(std::move(batch));
                       });
  return absl::OkStatus();
}

absl::Status Publisher::Flush() {
  if (manifest_ == nullptr) return absl::OkStatus();
  PHIWIRE_RETURN_IF_ERROR(Launch());
  return Wait();
}

absl::Status Publisher::Place(Batch batch) const {
  if (!batch.files.empty()) PHIWIRE_RETURN_IF_ERROR(Sync());
  for (OutputFile& file : batch.files) PHIWIRE_RETURN_IF_ERROR(file.Publish());
  return batch.lines.empty() ? absl::OkStatus()
                             : manifest_->Append(batch.lines);
}

}  // namespace phiwire::cli
