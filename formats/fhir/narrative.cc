// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/narrative.h"

#include <cstddef>

#include "base/status_macros.h"
#include "formats/json/strings.h"
#include "formats/markup/references.h"
#include "formats/markup/xhtml_text.h"

namespace phiwire::fhir {
namespace {

// From offsets of the decoded string to those of the record.
void MapThrough(const json::DecodedString& decoded, Field* field) {
  const auto map = [&](std::size_t at) { return decoded.offsets[at]; };
  if (field->offsets.empty()) {
    field->decoded =
        decoded.text.substr(field->begin, field->end - field->begin);
    field->offsets.assign(
        decoded.offsets.begin() + static_cast<std::ptrdiff_t>(field->begin),
        decoded.offsets.begin() + static_cast<std::ptrdiff_t>(field->end) + 1);
  } else {
    for (std::uint32_t& offset : field->offsets) offset = map(offset);
  }
  for (RecordRange& gap : field->gaps) gap = {map(gap.begin), map(gap.end)};
  field->begin = map(field->begin);
  field->end = map(field->end);
}

}  // namespace

absl::Status NarrativeFields(const json::Document& doc, const json::Node& node,
                             std::string_view path,
                             std::vector<Field>* fields) {
  const std::string_view raw = doc.Raw(node);
  if (!node.escaped) {
    return markup::AppendXhtmlFields(raw, node.begin + 1, path, fields);
  }
  const json::DecodedString decoded =
      json::DecodeWithOffsets(raw, node.begin + 1);
  const std::size_t first = fields->size();
  PHIWIRE_RETURN_IF_ERROR(
      markup::AppendXhtmlFields(decoded.text, 0, path, fields));
  for (std::size_t i = first; i < fields->size(); ++i) {
    MapThrough(decoded, &(*fields)[i]);
  }
  return absl::OkStatus();
}

bool IsNarrative(const json::Document& doc, const json::Node& node) {
  return node.kind == json::Kind::kString && node.has_key &&
         doc.RawKey(node) == "div" && doc.Raw(node).starts_with('<');
}

void EscapeNarrative(const json::Document& doc, const json::Node& node,
                     std::string_view text, std::string* out) {
  if (IsNarrative(doc, node)) {
    markup::AppendReferences(text, out);
  } else {
    out->append(text);
  }
}

}  // namespace phiwire::fhir
