// SPDX-License-Identifier: Apache-2.0

#include "formats/table/dialect.h"

#include <algorithm>
#include <map>
#include <vector>

#include "formats/table/rows.h"

namespace phiwire::table {
namespace {

constexpr char kSeparators[] = {',', '\t', ';', '|'};

struct Row {
  RecordRange range;
  std::vector<Cell> cells;  // empty: refused
};

std::vector<Row> ReadRows(std::string_view head, bool whole, char separator) {
  std::vector<Row> rows;
  RowScanner scanner(head, separator);
  Row row;
  bool ended = false;
  while (rows.size() < kLookAheadRows && scanner.Next(&row.range, &ended)) {
    if (!ended && !whole && !rows.empty()) break;
    const std::string_view text =
        head.substr(row.range.begin, row.range.end - row.range.begin);
    if (!SplitCells(text, separator, &row.cells).ok()) row.cells.clear();
    rows.push_back(row);
  }
  return rows;
}

// How many cells most rows have, and which share of them.
struct Width {
  std::size_t cells = 0;
  double share = 0;
};

Width WidthOf(const std::vector<Row>& rows) {
  std::map<std::size_t, std::size_t> counts;
  for (const Row& row : rows) ++counts[row.cells.size()];
  counts.erase(0);
  Width width;
  std::size_t most = 0;
  for (const auto& [cells, count] : counts) {
    if (count < most) continue;
    most = count;
    width.cells = cells;
  }
  if (rows.empty()) return width;
  width.share = static_cast<double>(most) / static_cast<double>(rows.size());
  return width;
}

bool IsBetter(const Width& a, const Width& b) {
  if ((a.cells > 1) != (b.cells > 1)) return a.cells > 1;
  // A twentieth of the rows may be odd without that deciding.
  const int regular_a = static_cast<int>(a.share * 20);
  const int regular_b = static_cast<int>(b.share * 20);
  if (regular_a != regular_b) return regular_a > regular_b;
  return a.cells > b.cells;
}

std::vector<std::string> Texts(std::string_view head, const Row& row) {
  const std::string_view text =
      head.substr(row.range.begin, row.range.end - row.range.begin);
  std::vector<std::string> out;
  for (const Cell& cell : row.cells) {
    out.emplace_back(TrimBlanks(CellText(text, cell)));
  }
  return out;
}

bool IsOneOpenRow(std::string_view head, char separator) {
  RowScanner scanner(head, separator);
  RecordRange row;
  bool ended = true;
  return scanner.Next(&row, &ended) && !ended;
}

// Told by the map, or by the names it gives to columns, or by the row itself.
bool IsHeader(const std::vector<std::string>& first, const ColumnMap& map) {
  if (map.header) return *map.header;
  const bool named = std::any_of(
      map.columns.begin(), map.columns.end(), [&](const ColumnSpec& spec) {
        return spec.index == 0 &&
               std::find(first.begin(), first.end(), spec.name) != first.end();
      });
  return named || LooksLikeHeader(first);
}

}  // namespace

Dialect DetectDialect(std::string_view head, bool whole, const ColumnMap& map) {
  Dialect out;
  std::vector<Row> rows;
  Width width;
  for (const char separator : kSeparators) {
    if (map.separator && separator != kSeparators[0]) break;
    const char candidate = map.separator.value_or(separator);
    std::vector<Row> read = ReadRows(head, whole, candidate);
    const Width read_width = WidthOf(read);
    if (separator != kSeparators[0] && !IsBetter(read_width, width)) continue;
    out.separator = candidate;
    rows = std::move(read);
    width = read_width;
  }
  out.cut = !whole && IsOneOpenRow(head, out.separator);
  out.columns = width.cells;
  out.regular = width.share;
  out.rows = rows.size();
  if (rows.empty()) return out;
  const std::vector<std::string> first = Texts(head, rows.front());
  if (!first.empty() && IsHeader(first, map)) {
    const RecordRange range = rows.front().range;
    out.header = head.substr(range.begin, range.end - range.begin);
    out.columns = first.size();
    out.head.names = first;
  }
  out.head.samples.resize(out.columns);
  for (std::size_t i = out.header.empty() ? 0 : 1; i < rows.size(); ++i) {
    if (rows[i].cells.size() != out.columns) continue;
    const std::vector<std::string> texts = Texts(head, rows[i]);
    for (std::size_t c = 0; c < texts.size(); ++c) {
      out.head.samples[c].Add(texts[c]);
    }
  }
  return out;
}

}  // namespace phiwire::table
