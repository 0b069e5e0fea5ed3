// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an HL7 v2 file: the reader refuses or gives fields that are
// sorted and inside their record, and splicing nothing changes nothing. The
// checker takes the same bytes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/formats.h"
#include "formats/hl7v2/check.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

void CheckRecord(const phiwire::FormatReader& reader, std::string_view record) {
  const auto fields = reader.Fields(record);
  if (!fields.ok()) return;
  std::size_t at = 0;
  for (const phiwire::Field& field : fields->fields) {
    Require(at <= field.begin && field.begin <= field.end);
    Require(field.end <= record.size());
    Require(field.offsets.empty() ||
            field.offsets.size() == field.decoded.size() + 1);
    at = field.begin;  // others may stand in its gaps
    std::size_t gap_at = field.begin;
    for (const phiwire::RecordRange& gap : field.gaps) {
      Require(gap_at <= gap.begin && gap.begin < gap.end);
      Require(gap.end <= field.end);
      gap_at = gap.end;
    }
  }
  const auto spliced = reader.Splice(record, {});
  Require(spliced.ok() && *spliced == record);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  static const auto reader = phiwire::NewHl7v2Format();
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  phiwire::hl7v2::CheckFile(file);
  Require(reader->Cut(file) <= size);
  const auto records = reader->Split(file);
  if (!records.ok()) return 0;
  std::size_t at = 0;
  for (const phiwire::RecordRange& range : *records) {
    Require(at <= range.begin && range.begin <= range.end);
    Require(range.end <= size);
    CheckRecord(*reader, file.substr(range.begin, range.end - range.begin));
    at = range.end;
  }
  return 0;
}
