// SPDX-License-Identifier: Apache-2.0
//
// Logs: a record is an entry (entries.h) and one text field. Lines of JSON
// are scanned as text.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "formats/log/entries.h"
#include "formats/splice.h"

namespace phiwire {
namespace {

class LogFormat final : public FormatReader {
 public:
  std::string_view name() const override { return "log"; }
  bool streams() const override { return true; }

  // All entries but the last, which may go on.
  std::size_t Cut(std::string_view bytes) const override {
    return CutBeforeLastEntry(bytes);
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    return SplitLogEntries(file);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    RecordFields out;
    if (record.empty()) return out;
    Field field;
    field.end = record.size();
    field.path = "entry";
    out.fields.push_back(std::move(field));
    return out;
  }

  // A replacement must not begin a new entry: its line ends become spaces.
  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return SpliceEdits(record, edits,
                       [](std::string_view text, std::string& out) {
                         for (const char c : text)
                           out += c == '\n' || c == '\r' ? ' ' : c;
                       });
  }
};

}  // namespace

std::unique_ptr<FormatReader> NewLogFormat() {
  return std::make_unique<LogFormat>();
}

}  // namespace phiwire
