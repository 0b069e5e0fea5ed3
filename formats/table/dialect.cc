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

// `take` gets the ranges of the rows that are looked at, one by one.
template <typename Take>
void ForRows(std::string_view head, bool whole, char separator, Take take) {
  RowScanner scanner(head, separator);
  RecordRange range;
  bool ended = false;
  for (std::size_t rows = 0;
       rows < kLookAheadRows && scanner.Next(&range, &ended); ++rows) {
    if (!ended && !whole && rows > 0) break;
    take(range);
  }
}

std::vector<Row> ReadRows(std::string_view head, bool whole, char separator) {
  std::vector<Row> rows;
  ForRows(head, whole, separator, [&](const RecordRange& range) {
    Row& row = rows.emplace_back();
    row.range = range;
    const std::string_view text =
        head.substr(range.begin, range.end - range.begin);
    if (!SplitCells(text, separator, &row.cells).ok()) row.cells.clear();
  });
  return rows;
}

// Gathers how many cells rows have.
class Widths {
 public:
  explicit Widths(char separator) { out_.separator = separator; }

  // 0: a refused row.
  void Add(std::size_t cells) {
    if (out_.rows++ == 0) out_.first = cells;
    if (cells > 0) ++counts_[cells];
  }

  Separation Get() {
    std::size_t most = 0;
    for (const auto& [cells, count] : counts_) {
      if (count < most) continue;
      most = count;
      out_.cells = cells;
    }
    if (out_.rows > 0) {
      out_.share = static_cast<double>(most) / static_cast<double>(out_.rows);
    }
    return out_;
  }

 private:
  Separation out_;
  std::map<std::size_t, std::size_t> counts_;  // rows by their cells
};

Separation SeparatedBy(std::string_view head, bool whole, char separator) {
  Widths widths(separator);
  std::vector<Cell> cells;
  ForRows(head, whole, separator, [&](const RecordRange& range) {
    const std::string_view row =
        head.substr(range.begin, range.end - range.begin);
    const bool ok = SplitCells(row, separator, &cells).ok();
    widths.Add(ok ? cells.size() : 0);
  });
  return widths.Get();
}

// Whether a quote may open a cell, whatever the separator is. Where none does,
// all separators have the same rows, and cells need only be counted.
bool MayOpenCell(std::string_view head) {
  constexpr std::string_view kBefore = ",\t;|\r\n\xBF";  // a mark's end, too
  for (std::size_t at = head.find('"'); at != std::string_view::npos;
       at = head.find('"', at + 1)) {
    if (at == 0 || kBefore.find(head[at - 1]) != kBefore.npos) return true;
  }
  return false;
}

// As SeparatedBy for each separator, in one pass; no quote opens a cell.
std::vector<Separation> CountCells(std::string_view head, bool whole) {
  std::vector<Widths> widths;
  for (const char separator : kSeparators) widths.emplace_back(separator);
  ForRows(head, whole, kSeparators[0], [&](const RecordRange& range) {
    const std::string_view row =
        head.substr(range.begin, range.end - range.begin);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      std::size_t cells = 1;
      for (std::size_t at = row.find(kSeparators[i]); at != row.npos;
           at = row.find(kSeparators[i], at + 1)) {
        ++cells;
      }
      widths[i].Add(cells <= kMostCells ? cells : 0);
    }
  });
  std::vector<Separation> out;
  for (Widths& width : widths) out.push_back(width.Get());
  return out;
}

std::vector<Separation> Separations(std::string_view head, bool whole) {
  if (!MayOpenCell(head)) return CountCells(head, whole);
  std::vector<Separation> out;
  for (const char separator : kSeparators) {
    out.push_back(SeparatedBy(head, whole, separator));
  }
  return out;
}

bool IsBetter(const Separation& a, const Separation& b) {
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

Separation TellSeparator(std::string_view head, bool whole,
                         std::optional<char> told) {
  if (told) return SeparatedBy(head, whole, *told);
  const std::vector<Separation> read = Separations(head, whole);
  Separation best = read.front();
  for (const Separation& other : read) {
    if (IsBetter(other, best)) best = other;
  }
  return best;
}

Dialect DetectDialect(std::string_view head, bool whole, const ColumnMap& map) {
  const Separation told = TellSeparator(head, whole, map.separator);
  Dialect out;
  out.separator = told.separator;
  out.cut = !whole && IsOneOpenRow(head, out.separator);
  out.columns = told.cells;
  out.regular = told.share;
  out.rows = told.rows;
  if (told.rows == 0) return out;
  const std::vector<Row> rows = ReadRows(head, whole, out.separator);
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
