// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as C-CDA or other XML: the reader refuses or gives fields that are
// sorted and inside their record; splicing nothing changes nothing, and the
// document with every slot replaced is read again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/formats.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

void CheckRecord(const phiwire::FormatReader& reader, std::string_view record) {
  const auto fields = reader.Fields(record);
  if (!fields.ok()) return;
  std::size_t at = 0;
  std::vector<phiwire::Edit> edits;
  for (const phiwire::Field& field : fields->fields) {
    Require(at <= field.begin && field.begin < field.end);
    Require(field.end <= record.size());
    Require(field.offsets.empty() ||
            field.offsets.size() == field.decoded.size() + 1);
    at = field.begin;
    if (field.kind == phiwire::FieldKind::kSlot && field.gaps.empty()) {
      edits.push_back({field.begin, field.end, "]]>--?><&\"'"});
    }
  }
  const auto same = reader.Splice(record, {});
  Require(same.ok() && *same == record);
  const auto spliced = reader.Splice(record, edits);
  Require(spliced.ok() && reader.Fields(*spliced).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto reader = std::move(*phiwire::NewCcdaFormat({}));
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const auto records = reader->Split(file);
  if (!records.ok()) return 0;
  for (const phiwire::RecordRange& range : *records) {
    CheckRecord(*reader, file.substr(range.begin, range.end - range.begin));
  }
  return 0;
}
