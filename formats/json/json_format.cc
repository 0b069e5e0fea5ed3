// SPDX-License-Identifier: Apache-2.0
//
// JSON of any shape, one value or one a line. See docs/json.md.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/formats.h"
#include "formats/json/document.h"
#include "formats/json/key_classes.h"
#include "formats/json/reader.h"
#include "formats/json/records.h"
#include "formats/json/site_places.h"
#include "formats/json/splice.h"

namespace phiwire {
namespace {

using json::Layout;

// Of a file's front, from which the names of members are learned.
constexpr std::size_t kMostLearned = std::size_t{64} << 10;

class JsonFormat final : public FormatReader {
 public:
  JsonFormat(json::SitePlaces site, Layout layout,
             std::unique_ptr<const json::KeyClasses> known)
      : site_(std::move(site)), layout_(layout), known_(std::move(known)) {}

  std::string_view name() const override { return "ndjson"; }

  absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const override {
    Layout layout = json::LayoutOf(head, whole);
    // A first line longer than this is no pretty-printed document's.
    if (layout == Layout::kUnknown) layout = Layout::kLines;
    auto known = std::make_unique<json::KeyClasses>();
    // A file of one record learns its names as it reads it.
    if (layout == Layout::kWhole) head = {};
    head = head.substr(0, kMostLearned);
    for (const RecordRange& range : json::SplitRecords(head, layout)) {
      const auto doc =
          json::Parse(head.substr(range.begin, range.end - range.begin));
      // The last one may be cut; what is wrong is told when it is read.
      if (doc.ok()) json::LearnNames(*doc, known.get());
    }
    return std::make_unique<const JsonFormat>(site_, layout, std::move(known));
  }

  bool streams() const override { return layout_ == Layout::kLines; }
  std::size_t Cut(std::string_view bytes) const override {
    return streams() ? json::CutLines(bytes) : 0;
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    return json::SplitRecords(file, layout_);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    PHIWIRE_ASSIGN_OR_RETURN(const json::Document doc, json::Parse(record));
    return json::ReadFields(doc, site_, known_.get());
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return json::Splice(record, edits);
  }

 private:
  json::SitePlaces site_;
  Layout layout_;
  std::unique_ptr<const json::KeyClasses> known_;
};

}  // namespace

NewReader NewNdjsonFormat(SiteRules site) {
  PHIWIRE_ASSIGN_OR_RETURN(json::SitePlaces places,
                           json::SitePlaces::Create(site));
  return std::make_unique<JsonFormat>(std::move(places), Layout::kUnknown,
                                      nullptr);
}

}  // namespace phiwire
