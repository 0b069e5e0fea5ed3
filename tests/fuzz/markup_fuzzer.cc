// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as HTML, RTF and Markdown: the readers refuse or give fields whose
// maps are whole and which claim no byte twice, and splicing nothing changes
// nothing. Any bytes have some format.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "formats/detect.h"
#include "formats/formats.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

void CheckField(const phiwire::Field& field, std::size_t size) {
  Require(field.begin <= field.end && field.end <= size);
  std::size_t at = 0;
  for (const phiwire::RecordRange& gap : field.gaps) {
    Require(at <= gap.begin && gap.begin <= gap.end && gap.end <= size);
    at = gap.end;
  }
  if (field.offsets.empty()) return;
  Require(field.offsets.size() == field.decoded.size() + 1);
  Require(std::is_sorted(field.offsets.begin(), field.offsets.end()));
  Require(field.offsets.back() <= field.end);
}

// Marks the bytes that are the field's own.
void Claim(const phiwire::Field& field, std::vector<bool>* taken) {
  auto gap = field.gaps.begin();
  for (std::size_t at = field.begin; at < field.end; ++at) {
    while (gap != field.gaps.end() && gap->end <= at) ++gap;
    if (gap != field.gaps.end() && gap->begin <= at) continue;
    Require(!(*taken)[at]);
    (*taken)[at] = true;
  }
}

void Check(const phiwire::FormatReader& reader, std::string_view record) {
  const auto fields = reader.Fields(record);
  if (!fields.ok()) return;
  std::vector<bool> taken(record.size(), false);
  for (const phiwire::Field& field : fields->fields) {
    CheckField(field, record.size());
    Claim(field, &taken);
  }
  const auto spliced = reader.Splice(record, {});
  Require(spliced.ok() && *spliced == record);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto html = phiwire::NewHtmlFormat();
  static const auto rtf = phiwire::NewRtfFormat();
  static const auto markdown = phiwire::NewMarkdownFormat();
  const std::string_view record(reinterpret_cast<const char*>(data), size);
  Check(*html, record);
  Check(*rtf, record);
  Check(*markdown, record);
  phiwire::DetectFormat(record);
  return 0;
}
