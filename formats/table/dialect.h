// SPDX-License-Identifier: Apache-2.0
//
// How a file of separated text is written, told from its first rows: the
// separator (comma, semicolon, tab or bar), whether there is a header row, and
// a sample of its columns. Pure functions.

#ifndef PHIWIRE_FORMATS_TABLE_DIALECT_H_
#define PHIWIRE_FORMATS_TABLE_DIALECT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formats/table/column_map.h"

namespace phiwire::table {

// Rows looked at ahead of the first one that goes out; no more than the head
// of the file holds (64 KiB through the doors).
inline constexpr std::size_t kLookAheadRows = 500;

struct Dialect {
  char separator = ',';
  std::size_t columns = 0;  // 0: no row was seen
  std::string header;       // the header row as written; empty: none
  TableHead head;
  double regular = 0;    // share of the rows that have `columns` cells
  bool cut = false;      // the head ends within the first row
  std::size_t rows = 0;  // looked at
};

// What the rows have under the separator that makes them most alike.
struct Separation {
  char separator = ',';
  std::size_t rows = 0;   // looked at
  std::size_t cells = 0;  // that most rows have; 0: no row was seen
  double share = 0;       // of the rows that have so many
  std::size_t first = 0;  // cells of the first row; 0: refused
};

// `head` and `whole` as below; `told`: no other separator comes into question.
// Rows are counted, not read, so that prose costs little.
Separation TellSeparator(std::string_view head, bool whole,
                         std::optional<char> told);

// `head`: the first bytes of the file; unless `whole` its last row may be cut
// and is not looked at (but when it is the only one).
Dialect DetectDialect(std::string_view head, bool whole, const ColumnMap& map);

}  // namespace phiwire::table

#endif  // PHIWIRE_FORMATS_TABLE_DIALECT_H_
