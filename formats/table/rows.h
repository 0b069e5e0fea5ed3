// SPDX-License-Identifier: Apache-2.0
//
// Rows and cells of separated text (RFC 4180 and what programs write beside
// it). The rules, docs/tables.md has them for users:
// - a row ends at LF, CR LF or CR outside quotes;
// - a quote opens a cell only as its first byte, anywhere else it is text;
// - in a quoted cell "" is a quote, and line ends and separators are text;
// - a quoted cell must end at its closing quote and be closed. Where it isn't,
//   the row's end is told as Python's csv module tells it, and its cells are
//   refused.
//
// Pure functions; views of the caller's bytes.

#ifndef PHIWIRE_FORMATS_TABLE_ROWS_H_
#define PHIWIRE_FORMATS_TABLE_ROWS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "base/next_place.h"
#include "engine/field.h"

namespace phiwire::table {

// An open quote further back than this ends with its line: the row is refused
// whichever way, and nobody must hold the rest of a file to learn it.
inline constexpr std::size_t kLongestRow = std::size_t{64} << 20;
// A gene table has some twenty thousand.
inline constexpr std::size_t kMostCells = 65536;

// Where the content of a cell stands in its row, without its quotes.
struct Cell {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool quoted = false;
  bool doubled = false;  // holds "" for a quote
};

// Finds the rows of a text from front to back. The searches for line ends and
// quotes are remembered, so a text without them is passed over once.
class RowScanner {
 public:
  RowScanner(std::string_view text, char separator)
      : text_(text), separator_(separator) {}

  // The next row that isn't empty, without its line end and without a byte
  // order mark before it. `ended`: a line end was seen behind it; otherwise
  // the text ends there (in an open quote, perhaps). False: no more rows.
  bool Next(RecordRange* row, bool* ended);
  // Behind the line end of the last row.
  std::size_t at() const { return at_; }

 private:
  std::size_t RowEnd(std::size_t begin);
  std::size_t QuotedRowEnd(std::size_t begin) const;
  // The next `c` at or behind `from`; the text's size when there is none.
  std::size_t Find(char c, std::size_t from) const;
  std::size_t Remembered(char c, std::size_t from, NextPlace* next) const;

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  NextPlace next_line_, next_return_, next_quote_;
};

// The cells of a row, one at least. kDataLoss with a byte range of the row for
// a stray or open quote, and for too many cells.
absl::Status SplitCells(std::string_view row, char separator,
                        std::vector<Cell>* cells);

// A cell's text with its quotes undone.
std::string CellText(std::string_view row, const Cell& cell);

}  // namespace phiwire::table

#endif  // PHIWIRE_FORMATS_TABLE_ROWS_H_
