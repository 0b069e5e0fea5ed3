// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/inputs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "apps/cli/stop_signal.h"
#include "base/sniff.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

std::string Reason(int error) { return std::generic_category().message(error); }

}  // namespace

absl::StatusOr<int> OpenInput(const Input& input) {
  if (!input.status.ok()) return input.status;
  if (input.path == "-") return STDIN_FILENO;
  const int fd = ::open(input.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) return fd;
  const std::string message = Concat({"can't be opened: ", Reason(errno)});
  return errno == EACCES ? absl::PermissionDeniedError(message)
                         : absl::UnavailableError(message);
}

absl::StatusOr<std::string> ReadInput(const Input& input, std::size_t limit) {
  PHIWIRE_ASSIGN_OR_RETURN(const int fd, OpenInput(input));
  std::string bytes;
  std::size_t size = 0;
  absl::Status status;
  while (true) {
    // One byte more than the file has, so that its end is seen at once.
    const std::size_t want =
        std::max<std::size_t>(size == 0 ? input.bytes + 1 : 0, 1 << 16);
    bytes.resize(size + std::min(want, limit + 1 - size));
    const ssize_t got = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR && StopSignal() == 0) continue;
    if (got < 0) {
      status =
          absl::UnavailableError(Concat({"can't be read: ", Reason(errno)}));
    }
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
    if (size > limit) {
      status = absl::OutOfRangeError(
          Concat({"larger than ", std::to_string(limit), " bytes"}));
      break;
    }
  }
  if (fd != STDIN_FILENO) ::close(fd);
  if (!status.ok()) return status;
  bytes.resize(size);
  return bytes;
}

absl::Status CheckNotBinary(std::string_view bytes) {
  const auto name = BinaryFormatName(bytes);
  if (!name) return absl::OkStatus();
  return absl::InvalidArgumentError(
      Concat({"a ", *name, " file: this version reads text only"}));
}

absl::StatusOr<DecodedText> DecodeInput(std::string_view bytes,
                                        std::string_view encoding) {
  PHIWIRE_RETURN_IF_ERROR(CheckNotBinary(bytes));
  PHIWIRE_ASSIGN_OR_RETURN(DecodedText text, ToUtf8(bytes, encoding));
  const std::size_t nul = text.utf8.find('\0');
  if (nul != std::string::npos) {
    return absl::DataLossError(
        Concat({"NUL at byte ", std::to_string(nul), ": not text"}));
  }
  return text;
}

absl::Status CheckEncoding(std::string_view encoding) {
  return ToUtf8("", encoding).status();
}

}  // namespace phiwire::cli
