// SPDX-License-Identifier: Apache-2.0

#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "base/strings.h"

namespace phiwire {
namespace {

class Fd {
 public:
  explicit Fd(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

absl::StatusOr<MappedFile> MappedFile::Open(std::string_view path,
                                            std::size_t most_bytes) {
  const Fd file{std::string(path)};
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0 ||
      !S_ISREG(info.st_mode)) {
    return absl::NotFoundError(Concat({path, ": no readable file"}));
  }
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size == 0 || size > most_bytes) {
    return absl::DataLossError(Concat({path, ": empty or too large"}));
  }
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_POPULATE,
                     file.get(), 0);
  if (map == MAP_FAILED) {
    return absl::UnavailableError(Concat({path, ": cannot be mapped"}));
  }
  MappedFile out;
  out.bytes_ = std::string_view(static_cast<const char*>(map), size);
  return out;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

MappedFile::~MappedFile() {
  if (bytes_.empty()) return;
  ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace phiwire
