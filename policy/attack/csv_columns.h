// SPDX-License-Identifier: Apache-2.0
//
// Named columns of a CSV table (read as roster_csv.h says; the first row is the
// header). Errors name lines and columns by number, and of names only those
// asked for.

#ifndef PHIWIRE_POLICY_ATTACK_CSV_COLUMNS_H_
#define PHIWIRE_POLICY_ATTACK_CSV_COLUMNS_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace phiwire {

// All of the same size.
using CsvColumns = std::map<std::string, std::vector<std::string>>;

// kInvalidArgument "FILE:LINE: ..." for malformed CSV, a row of another width,
// a name that isn't in the header or is there twice, no row below the header.
absl::StatusOr<CsvColumns> ReadCsvColumns(std::string_view text,
                                          std::string_view file,
                                          const std::set<std::string>& names);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ATTACK_CSV_COLUMNS_H_
