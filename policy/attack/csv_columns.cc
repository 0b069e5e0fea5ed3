// SPDX-License-Identifier: Apache-2.0

#include "policy/attack/csv_columns.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/roster_csv.h"

namespace phiwire {

absl::StatusOr<CsvColumns> ReadCsvColumns(std::string_view text,
                                          std::string_view file,
                                          const std::set<std::string>& names) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  RosterCsv csv(text, file);
  std::vector<std::string> row;
  PHIWIRE_RETURN_IF_ERROR(csv.Next(&row));
  if (row.empty()) return csv.Error(0, "no header line");
  CsvColumns columns;
  std::vector<std::pair<std::size_t, std::vector<std::string>*>> wanted;
  for (const std::string& name : names) {
    const auto at = std::find(row.begin(), row.end(), name);
    if (at == row.end()) return csv.Error(0, Concat({"no column ", name}));
    if (std::find(at + 1, row.end(), name) != row.end()) {
      return csv.Error(0, Concat({"two columns ", name}));
    }
    wanted.emplace_back(static_cast<std::size_t>(at - row.begin()),
                        &columns[name]);
  }
  const std::size_t width = row.size();
  bool any = false;
  while (true) {
    PHIWIRE_RETURN_IF_ERROR(csv.Next(&row));
    if (row.empty()) break;
    if (row.size() != width) {
      return csv.Error(0, Concat({std::to_string(row.size()), " cells, not ",
                                  std::to_string(width)}));
    }
    any = true;
    for (const auto& [at, column] : wanted) {
      column->push_back(std::move(row[at]));
    }
  }
  if (!any) return csv.Error(0, "no row below the header");
  return columns;
}

}  // namespace phiwire
