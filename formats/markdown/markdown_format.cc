// SPDX-License-Identifier: Apache-2.0
//
// Markdown: a file is one record. See docs/markdown.md.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/formats.h"
#include "formats/markdown/text.h"
#include "formats/markup/splice_markup.h"

namespace phiwire {
namespace {

class MarkdownFormat final : public FormatReader {
 public:
  std::string_view name() const override { return "markdown"; }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    std::vector<RecordRange> records;
    if (!file.empty()) records.push_back({0, file.size()});
    return records;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    markup::XhtmlText decoded;
    PHIWIRE_RETURN_IF_ERROR(markdown::DecodeMarkdown(record, &decoded));
    RecordFields out;
    markup::AppendFields(std::move(decoded), {0, record.size()}, "text",
                         &out.fields);
    return out;
  }

  // A replacement must not begin a line or a table's cell.
  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    std::vector<Edit> safe(edits.begin(), edits.end());
    for (Edit& edit : safe) {
      for (char& c : edit.text) {
        if (c == '\n' || c == '\r') c = ' ';
        if (c == '|') c = '/';
      }
    }
    return markup::SpliceMarkup(record, safe, markdown::DecodeMarkdown);
  }
};

}  // namespace

std::unique_ptr<FormatReader> NewMarkdownFormat() {
  return std::make_unique<MarkdownFormat>();
}

}  // namespace phiwire
