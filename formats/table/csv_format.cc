// SPDX-License-Identifier: Apache-2.0
//
// CSV, TSV and the like: a record is a row. See docs/tables.md.

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/formats.h"
#include "formats/splice.h"
#include "formats/table/column_map.h"
#include "formats/table/dialect.h"
#include "formats/table/row_fields.h"
#include "formats/table/rows.h"
#include "formats/table/table_formats.h"

namespace phiwire {
namespace {

using table::Cell;
using table::Dialect;
using table::Plan;
using table::RowScanner;

// What a spreadsheet takes for a formula at the front of a cell.
bool IsFormula(std::string_view text) {
  if (text.empty()) return false;
  if (text[0] == '=' || text[0] == '@') return true;
  return (text[0] == '+' || text[0] == '-') && text.size() > 1 &&
         !IsDigit(text[1]) && text[1] != '(' && text[1] != ' ' &&
         text[1] != '.';
}

bool NeedsQuotes(std::string_view text, char separator) {
  return text.starts_with('"') ||
         std::any_of(text.begin(), text.end(), [separator](char c) {
           return c == separator || c == '"' || c == '\n' || c == '\r';
         });
}

void AppendDoubled(std::string_view text, std::string* out) {
  for (const char c : text) {
    out->push_back(c);
    if (c == '"') out->push_back('"');
  }
}

// Whether an edit may be written without a look at the cell around it.
bool IsPlain(std::string_view row, const Edit& edit, char separator) {
  if (edit.text.empty()) {
    return edit.end < row.size() &&
           std::string_view("\"=+-@").find(row[edit.end]) ==
               std::string_view::npos;
  }
  return !NeedsQuotes(edit.text, separator) && !IsFormula(edit.text);
}

class CsvReader final : public FormatReader {
 public:
  CsvReader(std::vector<SiteRule> site, ColumnMap map)
      : site_(std::move(site)), map_(std::move(map)) {}
  CsvReader(char separator, std::string header, Plan plan)
      : separator_(separator),
        header_(std::move(header)),
        plan_(std::move(plan)) {}

  std::string_view name() const override { return "csv"; }

  absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const override {
    Dialect dialect = table::DetectDialect(head, whole, map_);
    if (dialect.cut) {
      return absl::DataLossError(
          Concat({"the first row is longer than the ",
                  std::to_string(head.size()), " bytes looked at ahead"}));
    }
    PHIWIRE_ASSIGN_OR_RETURN(Plan plan,
                             table::MakePlan(dialect.head, map_, site_));
    std::unique_ptr<const FormatReader> reader = std::make_unique<CsvReader>(
        dialect.separator, std::move(dialect.header), std::move(plan));
    return reader;
  }

  bool streams() const override { return true; }

  std::size_t Cut(std::string_view bytes) const override {
    RowScanner scanner(bytes, separator_);
    RecordRange row;
    bool ended = true;
    std::size_t certain = 0;
    while (scanner.Next(&row, &ended) && ended) certain = scanner.at();
    return certain;
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    std::vector<RecordRange> rows;
    RowScanner scanner(file, separator_);
    RecordRange row;
    bool ended = true;
    while (scanner.Next(&row, &ended)) rows.push_back(row);
    return rows;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    if (record.empty()) return RecordFields();
    std::vector<Cell> cells;
    cells.reserve(plan_.columns.size());
    PHIWIRE_RETURN_IF_ERROR(table::SplitCells(record, separator_, &cells));
    if (!header_.empty() && record == header_) {
      return table::FieldsOfHeader(record, cells, plan_);
    }
    PHIWIRE_RETURN_IF_ERROR(CheckWidth(record, &cells));
    return table::FieldsOfRow(record, cells, plan_);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    const bool plain = std::all_of(
        edits.begin(), edits.end(),
        [&](const Edit& edit) { return IsPlain(record, edit, separator_); });
    if (plain) {
      return SpliceEdits(
          record, edits,
          [](std::string_view text, std::string& out) { out.append(text); });
    }
    PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
    return SpliceCells(record, edits);
  }

 private:
  // Cells can't be told to belong to their columns when there are more or
  // fewer. Empty ones at the end are no matter, nor is a row of blanks.
  absl::Status CheckWidth(std::string_view row,
                          std::vector<Cell>* cells) const {
    const std::size_t columns = plan_.columns.size();
    if (columns == 0 || cells->size() == columns) return absl::OkStatus();
    if (cells->size() == 1 && table::TrimBlanks(row).empty()) {
      return absl::OkStatus();
    }
    const bool only_empty =
        cells->size() > columns &&
        std::all_of(cells->begin() + static_cast<std::ptrdiff_t>(columns),
                    cells->end(),
                    [](const Cell& cell) { return cell.begin == cell.end; });
    if (only_empty) {
      cells->resize(columns);
      return absl::OkStatus();
    }
    return absl::DataLossError(
        Concat({"a row of ", std::to_string(cells->size()),
                " cells in a table of ", std::to_string(columns),
                " columns at bytes 0-", std::to_string(row.size())}));
  }

  absl::StatusOr<std::string> SpliceCells(std::string_view row,
                                          std::span<const Edit> edits) const {
    std::vector<Cell> cells;
    PHIWIRE_RETURN_IF_ERROR(table::SplitCells(row, separator_, &cells));
    std::string out;
    out.reserve(row.size());
    std::size_t copied = 0;
    std::size_t next = 0;
    for (const Cell& cell : cells) {
      const std::size_t first = next;
      while (next < edits.size() && edits[next].end <= cell.end &&
             edits[next].begin >= cell.begin) {
        ++next;
      }
      if (next == first) continue;
      out.append(row.substr(copied, cell.begin - copied));
      AppendCell(row, cell, edits.subspan(first, next - first), &out);
      copied = cell.end;
    }
    if (next != edits.size()) {
      return absl::InternalError(ToAbsl("an edit over the end of a cell"));
    }
    out.append(row.substr(copied));
    // An empty line would be no row at all.
    if (out.empty()) out = "\"\"";
    return out;
  }

  void AppendCell(std::string_view row, const Cell& cell,
                  std::span<const Edit> edits, std::string* out) const {
    std::string content;
    std::size_t copied = cell.begin;
    for (const Edit& edit : edits) {
      content.append(row.substr(copied, edit.begin - copied));
      if (cell.quoted) {
        AppendDoubled(edit.text, &content);
      } else {
        content.append(edit.text);
      }
      copied = edit.end;
    }
    content.append(row.substr(copied, cell.end - copied));
    const std::string_view before =
        row.substr(cell.begin, cell.end - cell.begin);
    // Not a formula before, so none now: spreadsheets read 'text as text.
    if (IsFormula(content) && !IsFormula(before)) content.insert(0, 1, '\'');
    if (cell.quoted || !NeedsQuotes(content, separator_)) {
      out->append(content);
      return;
    }
    out->push_back('"');
    AppendDoubled(content, out);
    out->push_back('"');
  }

  char separator_ = ',';
  std::string header_;  // empty: no header row
  Plan plan_;
  // Of a reader that isn't opened yet.
  std::vector<SiteRule> site_;
  ColumnMap map_;
};

absl::Status CheckPlaces(SiteRules site) {
  for (const SiteRule& rule : site) {
    if (table::TrimBlanks(rule.place).empty()) {
      return absl::InvalidArgumentError("a column without a name");
    }
    if (rule.place == "#0") {
      return absl::InvalidArgumentError(
          "columns are counted from 1: #0 is none");
    }
  }
  return absl::OkStatus();
}

}  // namespace

NewReader NewCsvFormat(SiteRules site, ColumnMap columns) {
  PHIWIRE_RETURN_IF_ERROR(CheckPlaces(site));
  std::unique_ptr<FormatReader> reader = std::make_unique<CsvReader>(
      std::vector<SiteRule>(site.begin(), site.end()), std::move(columns));
  return reader;
}

}  // namespace phiwire
