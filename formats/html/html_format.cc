// SPDX-License-Identifier: Apache-2.0
//
// HTML, tag soup included: a file is one record of at most a running text,
// the text that stands aside, and documents in data URLs. See docs/html.md
// and formats/markup/xhtml_text.h.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status_macros.h"
#include "formats/formats.h"
#include "formats/markup/splice_markup.h"
#include "formats/markup/xhtml_text.h"

namespace phiwire {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
class HtmlFormat final : public FormatReader {
 public:
  std::string_view name() const override { return "html"; }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    std::vector<RecordRange> records;
    if (!file.empty()) records.push_back({0, file.size()});
    return records;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    const std::size_t begin = record.starts_with(kBom) ? kBom.size() : 0;
    RecordFields out;
    PHIWIRE_RETURN_IF_ERROR(markup::AppendXhtmlFields(
        record.substr(begin), begin, "text", &out.fields));
    return out;
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return markup::SpliceMarkup(
        record, edits, [](std::string_view bytes, markup::XhtmlText* out) {
          return markup::DecodeXhtml(bytes, 0, out);
        });
  }
};

}  // namespace

std::unique_ptr<FormatReader> NewHtmlFormat() {
  return std::make_unique<HtmlFormat>();
}

}  // namespace phiwire
