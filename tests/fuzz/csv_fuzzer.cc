// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a table: rows and fields are sorted, disjoint and in their
// place, no edit changes nothing, pieces give the rows of the whole, and an
// edit of any text leaves the other cells.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "formats/table/rows.h"
#include "formats/table/sniff.h"
#include "formats/table/table_formats.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

std::vector<std::string> Cells(std::string_view row, bool* ok) {
  std::vector<phiwire::table::Cell> cells;
  *ok = phiwire::table::SplitCells(row, ',', &cells).ok();
  std::vector<std::string> texts;
  for (const auto& cell : cells) {
    texts.push_back(phiwire::table::CellText(row, cell));
  }
  return texts;
}

void CheckRow(const phiwire::FormatReader& reader, std::string_view row) {
  const auto same = reader.Splice(row, {});
  Require(same.ok() && *same == row);
  const auto fields = reader.Fields(row);
  if (!fields.ok()) return;
  std::size_t at = 0;
  for (const phiwire::Field& field : fields->fields) {
    Require(at <= field.begin && field.begin <= field.end);
    Require(field.end <= row.size());
    Require(field.offsets.empty() ||
            field.offsets.size() == field.decoded.size() + 1);
    at = field.end;
  }
  if (fields->fields.empty()) return;
  const phiwire::Field& field = fields->fields.front();
  const phiwire::Edit edit{field.begin, field.end, "a,\"b\"\r\nc"};
  const auto out = reader.Splice(row, std::vector<phiwire::Edit>{edit});
  Require(out.ok());
  bool ok_before = false;
  bool ok_after = false;
  const auto before = Cells(row, &ok_before);
  const auto after = Cells(*out, &ok_after);
  Require(ok_before && ok_after && before.size() == after.size());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    changed += before[i] != after[i] ? 1u : 0u;
  }
  Require(changed <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  static_cast<void>(phiwire::FindCsvSigns(file));
  phiwire::ColumnMap map;
  map.separator = ',';
  const auto format = phiwire::NewCsvFormat({}, map);
  Require(format.ok());
  const auto reader = (*format)->Open(file, true);
  Require(reader.ok());
  const auto rows = (*reader)->Split(file);
  Require(rows.ok());
  std::size_t at = 0;
  for (const phiwire::RecordRange& range : *rows) {
    Require(at <= range.begin && range.begin < range.end);
    Require(range.end <= size);
    CheckRow(**reader, file.substr(range.begin, range.end - range.begin));
    at = range.end;
  }
  const std::size_t cut = (*reader)->Cut(file);
  Require(cut <= size);
  const auto front = (*reader)->Split(file.substr(0, cut));
  const auto back = (*reader)->Split(file.substr(cut));
  Require(front.ok() && back.ok());
  Require(front->size() + back->size() == rows->size());
  return 0;
}
