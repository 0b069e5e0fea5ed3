// SPDX-License-Identifier: Apache-2.0
//
// Logs: a record is an entry (entries.h), its fields are what its dialect shows
// (entry_reader.h). See docs/log.md.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/formats.h"
#include "formats/log/entries.h"
#include "formats/log/entry_reader.h"

namespace phiwire {
namespace {

// How much of a file's front its keys are learned from.
constexpr std::size_t kLearned = std::size_t{16} << 10;

class LogFormat final : public FormatReader {
 public:
  LogFormat() = default;
  explicit LogFormat(json::KeyClasses keys) : keys_(std::move(keys)) {}

  std::string_view name() const override { return "log"; }
  bool streams() const override { return true; }

  // A reader that knows the keys of the file, which cost a microsecond each.
  absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const override {
    static_cast<void>(whole);
    return std::make_unique<const LogFormat>(
        log::LearnKeys(head.substr(0, kLearned)));
  }

  // All entries but the last, which may go on.
  std::size_t Cut(std::string_view bytes) const override {
    return CutBeforeLastEntry(bytes);
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    return SplitLogEntries(file);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    std::optional<RecordFields> json = log::ReadJsonEntry(record, &keys_);
    return json ? *std::move(json) : log::ReadEntry(record, &keys_);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return log::WriteEdits(record, edits);
  }

 private:
  json::KeyClasses keys_;
};

}  // namespace

std::unique_ptr<FormatReader> NewLogFormat() {
  return std::make_unique<LogFormat>();
}

}  // namespace phiwire
