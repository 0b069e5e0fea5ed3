// SPDX-License-Identifier: Apache-2.0
//
// The list of what did not come through: a line of tab-separated columns for
// each refused input, refused record and removed part. It names inputs as
// messages do (ordinal, path with PHI scrubbed, byte range), never by content.
// The file appears when it is done.
// Threads: one at a time.

#ifndef PHIWIRE_APPS_CLI_QUARANTINE_H_
#define PHIWIRE_APPS_CLI_QUARANTINE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "apps/cli/deid_file.h"
#include "apps/cli/output_file.h"

namespace phiwire::cli {

inline constexpr std::string_view kQuarantineName = ".phiwire-quarantine.tsv";

class Quarantine {
 public:
  // Empty: no list. Not `always`: no file either when there is nothing to list.
  Quarantine(std::string path, bool always)
      : path_(std::move(path)), always_(always) {}

  void Add(std::size_t input, std::string_view shown, const Incident& incident);
  // What went wrong at any time is told here.
  absl::Status Finish();

 private:
  absl::Status Begin();

  std::string path_;
  bool always_;
  std::optional<OutputFile> file_;
  absl::Status status_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_QUARANTINE_H_
