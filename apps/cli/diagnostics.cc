// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/diagnostics.h"

#include <unistd.h>

#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

std::string InputName(std::size_t ordinal, std::string_view shown) {
  std::string name = Concat({"input ", std::to_string(ordinal)});
  if (!shown.empty()) name += Concat({" (", shown, ")"});
  return name;
}

std::string RecordName(std::size_t ordinal, std::string_view shown,
                       std::size_t record, std::size_t begin, std::size_t end) {
  return Concat({InputName(ordinal, shown), ": record ", std::to_string(record),
                 ", bytes ", std::to_string(begin), "-", std::to_string(end)});
}

}  // namespace

std::string Printable(std::string_view message) {
  std::string line(message);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return line;
}

void Say(std::string_view message) {
  // Nothing is left to do when standard error itself is closed.
  WriteAll(STDERR_FILENO, Concat({"phiwire: ", Printable(message), "\n"}))
      .IgnoreError();
}

int UsageError(const absl::Status& status) {
  return UsageError(ToStd(status.message()));
}

int UsageError(std::string_view message) {
  Say(message);
  return kExitUsage;
}

std::string RefusedInput(std::size_t ordinal, std::string_view shown,
                         const absl::Status& status) {
  return Concat(
      {InputName(ordinal, shown), ": refused: ", ToStd(status.message())});
}

std::string RefusedRecord(std::size_t ordinal, std::string_view shown,
                          const Refusal& refusal) {
  return Concat(
      {RecordName(ordinal, shown, refusal.ordinal, refusal.begin, refusal.end),
       ": refused: ", ToStd(refusal.status.message())});
}

std::string RemovedPart(std::size_t ordinal, std::string_view shown,
                        const Removal& removal) {
  return Concat(
      {RecordName(ordinal, shown, removal.ordinal, removal.begin, removal.end),
       ": ", removal.path, " removed: ", removal.reason});
}

std::string UnsureFormat(std::size_t ordinal, std::string_view shown,
                         std::string_view format, std::string_view reason) {
  return Concat({InputName(ordinal, shown), ": taken as ", format,
                 " (unsure: ", reason, "); --format says it"});
}

}  // namespace phiwire::cli
