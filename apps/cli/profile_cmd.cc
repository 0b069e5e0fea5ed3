// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/profile_cmd.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/table_profile.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
// One row more than this is none that a sample needs.
constexpr std::size_t kMostHeld = std::size_t{64} << 20;

// Reads until `bytes` has grown by a block; false at the end.
absl::StatusOr<bool> ReadBlock(int fd, std::string* bytes) {
  const std::size_t before = bytes->size();
  bytes->resize(before + kBlock);
  std::size_t at = before;
  while (at < bytes->size()) {
    const ssize_t got = ::read(fd, bytes->data() + at, bytes->size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return absl::UnavailableError("the input can't be read");
    if (got == 0) break;
    at += static_cast<std::size_t>(got);
  }
  bytes->resize(at);
  return at == before + kBlock;
}

absl::StatusOr<TableProfile> Profile(int fd, const Deidentifier& deid,
                                     std::size_t rows) {
  TableProfiler profiler(deid, {.rows = rows});
  std::string held;
  PHIWIRE_ASSIGN_OR_RETURN(bool more, ReadBlock(fd, &held));
  PHIWIRE_RETURN_IF_ERROR(profiler.Open(held, !more));
  while (!profiler.full()) {
    const std::size_t cut = more ? profiler.Cut(held) : held.size();
    PHIWIRE_RETURN_IF_ERROR(
        profiler.Add(std::string_view(held).substr(0, cut)));
    held.erase(0, cut);
    if (!more) break;
    if (held.size() > kMostHeld) {
      return absl::OutOfRangeError("a row is longer than 64 MiB");
    }
    PHIWIRE_ASSIGN_OR_RETURN(more, ReadBlock(fd, &held));
  }
  return profiler.Finish();
}

absl::Status Write(const TableProfile& profile, const std::string& output) {
  if (output.empty()) {
    return WriteAll(STDOUT_FILENO, ::isatty(STDOUT_FILENO) != 0
                                       ? ProfileTable(profile)
                                       : ColumnMapYaml(profile));
  }
  PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(output));
  PHIWIRE_RETURN_IF_ERROR(file.Append(ColumnMapYaml(profile)));
  PHIWIRE_RETURN_IF_ERROR(file.Commit());
  return WriteAll(STDOUT_FILENO, ProfileTable(profile));
}

}  // namespace

int RunProfile(const ProfileFlags& flags) {
  const int fd = flags.path == "-"
                     ? STDIN_FILENO
                     : ::open(flags.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return UsageError("the input can't be opened");
  const auto deid = MakeEngine(flags.engine);
  if (!deid.ok()) return UsageError(deid.status());
  const auto profile = Profile(fd, *deid, flags.rows);
  if (fd != STDIN_FILENO) ::close(fd);
  if (!profile.ok()) {
    Say(RefusedInput(1, "", profile.status()));
    return kExitRefused;
  }
  const absl::Status written = Write(*profile, flags.output);
  if (written.ok()) return kExitDone;
  Say(ToStd(written.message()));
  return kExitRefused;
}

}  // namespace phiwire::cli
