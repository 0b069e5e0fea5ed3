// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/keygen.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/key_file.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr mode_t kOwnerOnly = 0600;

}  // namespace

int RunKeygen(const std::string& output) {
  const auto key = GenerateKey();
  if (!key.ok()) return UsageError(key.status());
  const std::string line = FormatKey(*key);
  if (output.empty()) {
    return WriteAll(STDOUT_FILENO, line).ok() ? kExitDone : kExitRefused;
  }
  // O_EXCL: a key that is lost makes what was hashed with it unlinkable.
  const int fd = ::open(output.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                        kOwnerOnly);
  if (fd < 0) {
    return UsageError(
        errno == EEXIST
            ? Concat({output, ": exists; a key is never overwritten"})
            : Concat({output, ": ", std::generic_category().message(errno)}));
  }
  absl::Status status = WriteAll(fd, line);
  if (::fsync(fd) != 0 && status.ok()) {
    status = absl::UnavailableError("sync failed");
  }
  if (::close(fd) != 0 && status.ok()) {
    status = absl::UnavailableError("close failed");
  }
  if (status.ok()) return kExitDone;
  ::unlink(output.c_str());
  return UsageError(status);
}

}  // namespace phiwire::cli
