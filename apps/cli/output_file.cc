// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

absl::Status SystemError(std::string_view what, int error) {
  return absl::UnavailableError(
      Concat({what, ": ", std::generic_category().message(error)}));
}

}  // namespace

absl::Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE) return absl::CancelledError("the reader has gone");
      return SystemError("write failed", errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return absl::OkStatus();
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  const fs::path target(path);
  const fs::path folder =
      target.has_parent_path() ? target.parent_path() : fs::path(".");
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return SystemError("the output folder can't be made", error.value());
  // O_EXCL, so that two processes never share a name; the umask applies.
  for (int attempt = 0; attempt < 1000; ++attempt) {
    std::string temporary =
        (folder / Concat({".phiwire-", std::to_string(::getpid()), "-",
                          std::to_string(attempt), ".tmp"}))
            .string();
    const int fd = ::open(temporary.c_str(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) return OutputFile(fd, std::move(temporary), path);
    if (errno != EEXIST) return SystemError("the output can't be made", errno);
  }
  return absl::UnavailableError("the output can't be made: no free name");
}

OutputFile::OutputFile(int fd, std::string temporary, std::string target)
    : fd_(fd), temporary_(std::move(temporary)), target_(std::move(target)) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      temporary_(std::exchange(other.temporary_, {})),
      target_(std::move(other.target_)) {}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

absl::Status OutputFile::Append(std::string_view bytes) {
  return WriteAll(fd_, bytes);
}

absl::Status OutputFile::Commit() {
  // Pipes and some network file systems have nothing to sync.
  if (::fsync(fd_) != 0 && errno != EINVAL) {
    return SystemError("sync failed", errno);
  }
  const int closed = ::close(std::exchange(fd_, -1));
  if (closed != 0) return SystemError("close failed", errno);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return SystemError("rename failed", errno);
  }
  temporary_.clear();
  return absl::OkStatus();
}

}  // namespace phiwire::cli
