// SPDX-License-Identifier: Apache-2.0

#include "formats/table/sniff.h"

#include <algorithm>
#include <string>

#include "formats/table/dialect.h"

namespace phiwire {
namespace {

constexpr std::size_t kEnoughBytes = 16 * 1024;
constexpr std::size_t kFewestRows = 2;
constexpr double kRegular = 0.95;
constexpr std::size_t kFewestKnown = 2;
// Of a table without a header row.
constexpr std::size_t kEnoughRows = 4;
constexpr std::size_t kEnoughColumns = 3;

// What other formats begin with, and Markdown's tables.
bool BeginsOtherwise(std::string_view head) {
  while (!head.empty() && (head[0] == ' ' || head[0] == '\n' ||
                           head[0] == '\r' || head[0] == '\t')) {
    head.remove_prefix(1);
  }
  if (head.empty()) return true;
  if (std::string_view("{[<|").find(head[0]) != std::string_view::npos) {
    return true;
  }
  return head.starts_with("MSH") || head.starts_with("FHS") ||
         head.starts_with("BHS") || head.starts_with("ISA") ||
         head.starts_with("{\\rtf");
}

// Sentences have cells of many words; no table has them in all its columns.
bool IsProse(const table::Dialect& dialect) {
  return std::none_of(dialect.head.samples.begin(), dialect.head.samples.end(),
                      [](const table::ColumnSample& sample) {
                        return sample.filled() > 0 &&
                               sample.Share(table::Shape::kOther) < 0.5;
                      });
}

std::size_t KnownColumns(const table::Dialect& dialect) {
  return static_cast<std::size_t>(std::count_if(
      dialect.head.names.begin(), dialect.head.names.end(),
      [](const std::string& name) {
        return ClassifyColumnName(name).use != ColumnUse::kUnknown;
      }));
}

}  // namespace

CsvSigns FindCsvSigns(std::string_view head) {
  CsvSigns signs;
  if (BeginsOtherwise(head)) return signs;
  const bool whole = head.size() <= kEnoughBytes;
  head = head.substr(0, kEnoughBytes);
  // Nearly all prose ends here, at the cost of counting.
  const table::Separation told = table::TellSeparator(head, whole, {});
  if (told.rows < kFewestRows || told.share < kRegular ||
      std::max(told.cells, told.first) < 2) {
    return signs;
  }
  const table::Dialect dialect = table::DetectDialect(head, whole, {});
  if (dialect.columns < 2) return signs;
  signs.known = KnownColumns(dialect);
  signs.header = signs.known >= kFewestKnown;
  signs.table =
      signs.header || (dialect.rows >= kEnoughRows &&
                       dialect.columns >= kEnoughColumns && !IsProse(dialect));
  return signs;
}

}  // namespace phiwire
