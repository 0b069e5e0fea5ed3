// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/byte_source.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

#include "apps/cli/stop_signal.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

// What tells the compression apart.
constexpr std::size_t kMagic = 4;
// By which the end of a file is seen.
constexpr std::uint64_t kLeastRead = 64;
// Compressed bytes read at once.
constexpr std::size_t kRawRead = std::size_t{64} << 10;

}  // namespace

absl::StatusOr<ByteSource> ByteSource::Open(const Input& input,
                                            ContentMac* mac) {
  PHIWIRE_ASSIGN_OR_RETURN(const int fd, OpenInput(input));
  struct stat about {};
  const bool file = ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
  const auto size =
      static_cast<std::uint64_t>(std::max<off_t>(about.st_size, 0));
  return ByteSource(fd, file, file ? size : 0, mac);
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      file_(other.file_),
      size_(other.size_),
      mac_(other.mac_),
      begun_(other.begun_),
      compression_(other.compression_),
      decompressor_(std::move(other.decompressor_)),
      raw_(std::move(other.raw_)),
      taken_(other.taken_),
      consumed_(other.consumed_) {}

ByteSource::~ByteSource() {
  if (fd_ > STDIN_FILENO) ::close(fd_);
}

absl::StatusOr<bool> ByteSource::ReadRaw(std::size_t most, std::string* out) {
  // No more room than a file can fill: making it costs more than a small file.
  if (file_) {
    const std::uint64_t left = size_ - std::min(size_, consumed_);
    most = static_cast<std::size_t>(
        std::min<std::uint64_t>(most, std::max(left, kLeastRead)));
  }
  const std::size_t size = out->size();
  out->resize(size + most);
  ssize_t got = 0;
  do {
    got = ::read(fd_, out->data() + size, most);
  } while (got < 0 && errno == EINTR && StopSignal() == 0);
  const int error = errno;
  out->resize(size + (got > 0 ? static_cast<std::size_t>(got) : 0));
  if (got < 0 && StopSignal() != 0) return absl::CancelledError("interrupted");
  if (got < 0) {
    return absl::UnavailableError(
        Concat({"can't be read: ", std::generic_category().message(error)}));
  }
  consumed_ += static_cast<std::uint64_t>(got);
  if (mac_ != nullptr) mac_->Add(std::string_view(*out).substr(size));
  return got > 0;
}

absl::Status ByteSource::Begin() {
  begun_ = true;
  while (raw_.size() < kMagic) {
    PHIWIRE_ASSIGN_OR_RETURN(const bool more, ReadRaw(kRawRead, &raw_));
    // A pipe's first bytes may be all for a while; no mark begins like text.
    if (!more || (raw_[0] != '\x1F' && raw_[0] != '\x28')) break;
  }
  compression_ = CompressionOf(raw_);
  if (compression_ == Compression::kNone) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(decompressor_, Decompressor::Create(compression_));
  return absl::OkStatus();
}

absl::StatusOr<bool> ByteSource::Read(std::size_t most, std::string* out) {
  if (!begun_) PHIWIRE_RETURN_IF_ERROR(Begin());
  if (decompressor_ == nullptr) {
    if (taken_ == raw_.size()) return ReadRaw(most, out);
    const std::size_t size = std::min(most, raw_.size() - taken_);
    out->append(raw_, taken_, size);
    taken_ += size;
    return true;
  }
  const std::size_t size = out->size();
  out->resize(size + most);
  while (true) {
    std::string_view in = std::string_view(raw_).substr(taken_);
    const auto got =
        decompressor_->Read(&in, std::span(out->data() + size, most));
    taken_ = raw_.size() - in.size();
    if (!got.ok()) {
      out->resize(size);
      return got.status();
    }
    if (*got > 0) {
      out->resize(size + *got);
      return true;
    }
    raw_.clear();
    taken_ = 0;
    const auto more = ReadRaw(kRawRead, &raw_);
    if (more.ok() && *more) continue;
    out->resize(size);
    PHIWIRE_RETURN_IF_ERROR(more.status());
    PHIWIRE_RETURN_IF_ERROR(decompressor_->End());
    return false;
  }
}

bool ByteSource::Idle(int milliseconds) const {
  if (file_ || taken_ < raw_.size()) return false;
  pollfd waiting{fd_, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds) == 0;
}

}  // namespace phiwire::cli
