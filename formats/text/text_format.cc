// SPDX-License-Identifier: Apache-2.0
//
// Plain text: the file is one record, the record one text field. A byte order
// mark is kept and not scanned.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "formats/splice.h"

namespace phiwire {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

class TextFormat final : public FormatReader {
 public:
  std::string_view name() const override { return "text"; }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    std::vector<RecordRange> records;
    if (!file.empty()) records.push_back({0, file.size()});
    return records;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    RecordFields out;
    Field field;
    field.begin = record.substr(0, kBom.size()) == kBom ? kBom.size() : 0;
    field.end = record.size();
    field.path = "text";
    if (field.begin < field.end) out.fields.push_back(std::move(field));
    return out;
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return SpliceEdits(
        record, edits,
        [](std::string_view text, std::string& out) { out.append(text); });
  }
};

}  // namespace

std::unique_ptr<FormatReader> NewTextFormat() {
  return std::make_unique<TextFormat>();
}

}  // namespace phiwire
