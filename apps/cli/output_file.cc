// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/output_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".phiwire-";
constexpr std::string_view kSuffix = ".tmp";
constexpr std::size_t kAttempts = 1000;

absl::Status SystemError(std::string_view what, int error) {
  const std::string message =
      Concat({what, ": ", std::generic_category().message(error)});
  const bool disk =
      error == ENOSPC || error == EDQUOT || error == EFBIG || error == EIO;
  return disk ? absl::ResourceExhaustedError(message)
              : absl::UnavailableError(message);
}

// An empty one is the current folder.
absl::Status MakeFolder(const fs::path& folder) {
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  if (!error) return absl::OkStatus();
  return SystemError("the output folder can't be made", error.value());
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

bool IsStaleOutput(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return false;
  name.remove_prefix(kPrefix.size());
  const char* const end = name.data() + name.size() - kSuffix.size();
  pid_t process = 0;
  const auto [after, failed] = std::from_chars(name.data(), end, process);
  if (failed != std::errc() || process <= 0 || after == end || *after != '-') {
    return false;
  }
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path,
                                              std::size_t number) {
  const fs::path folder = fs::path(path).parent_path();
  const std::string front =
      (folder / Concat({kPrefix, std::to_string(::getpid()), "-"})).string();
  bool made = false;
  // O_EXCL, so that two processes never share a name; the umask applies.
  for (std::size_t attempt = 0; attempt < kAttempts;) {
    std::string temporary =
        Concat({front, std::to_string(number + attempt), kSuffix});
    const int fd = ::open(temporary.c_str(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) return OutputFile(fd, std::move(temporary), path);
    const int error = errno;
    if (error == EEXIST) {
      ++attempt;
      continue;
    }
    PHIWIRE_RETURN_IF_ERROR(MakeFolder(folder));
    if (made || error != ENOENT) {
      return SystemError("the output can't be made", error);
    }
    made = true;
  }
  return absl::UnavailableError("the output can't be made: no free name");
}

OutputFile::OutputFile(int fd, std::string temporary, std::string target)
    : fd_(fd), temporary_(std::move(temporary)), target_(std::move(target)) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      temporary_(std::exchange(other.temporary_, {})),
      target_(std::move(other.target_)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  Discard();
  fd_ = std::exchange(other.fd_, -1);
  temporary_ = std::exchange(other.temporary_, {});
  target_ = std::move(other.target_);
  return *this;
}

OutputFile::~OutputFile() { Discard(); }

void OutputFile::Discard() {
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
  PHIWIRE_RETURN_IF_ERROR(Close());
  return Publish();
}

absl::Status OutputFile::Close() {
  const int closed = ::close(std::exchange(fd_, -1));
  return closed == 0 ? absl::OkStatus() : SystemError("close failed", errno);
}

absl::Status OutputFile::Publish() {
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    return SystemError("rename failed", errno);
  }
  temporary_.clear();
  return absl::OkStatus();
}

}  // namespace phiwire::cli
