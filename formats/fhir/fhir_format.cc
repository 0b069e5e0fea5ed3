// SPDX-License-Identifier: Apache-2.0
//
// FHIR R4 as JSON: a resource, a Bundle, or one a line. See docs/fhir.md.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/fhir/narrative.h"
#include "formats/fhir/reader.h"
#include "formats/fhir/site_paths.h"
#include "formats/formats.h"
#include "formats/json/document.h"
#include "formats/json/records.h"
#include "formats/json/splice.h"

namespace phiwire {
namespace {

using json::Layout;

absl::Status CheckNoXml(std::string_view head) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (head.starts_with(kBom)) head.remove_prefix(kBom.size());
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || head[first] != '<') {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      "FHIR XML isn't read: convert it to FHIR JSON");
}

class FhirFormat final : public FormatReader {
 public:
  FhirFormat(fhir::SitePaths site, Layout layout)
      : site_(std::move(site)), layout_(layout) {}

  std::string_view name() const override { return "fhir"; }

  absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckNoXml(head));
    Layout layout = json::LayoutOf(head, whole);
    // A first line longer than this is no pretty-printed resource's.
    if (layout == Layout::kUnknown) layout = Layout::kLines;
    return std::make_unique<const FhirFormat>(site_, layout);
  }

  bool streams() const override { return layout_ == Layout::kLines; }
  std::size_t Cut(std::string_view bytes) const override {
    return streams() ? json::CutLines(bytes) : 0;
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckNoXml(file));
    return json::SplitRecords(file, layout_);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    PHIWIRE_ASSIGN_OR_RETURN(const json::Document doc, json::Parse(record));
    return fhir::ReadFields(doc, site_);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return json::Splice(record, edits, {true, &fhir::EscapeNarrative});
  }

 private:
  fhir::SitePaths site_;
  Layout layout_;
};

}  // namespace

NewReader NewFhirFormat(SiteRules site) {
  PHIWIRE_ASSIGN_OR_RETURN(fhir::SitePaths paths,
                           fhir::SitePaths::Create(site));
  return std::make_unique<FhirFormat>(std::move(paths), Layout::kUnknown);
}

}  // namespace phiwire
