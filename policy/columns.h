// SPDX-License-Identifier: Apache-2.0
//
// The column map of a table (docs/tables.md), read from YAML:
//
//   version: 1
//   format: csv
//   subject: mrn
//   columns:
//     mrn: {as: MEDICALRECORD, anonymizer: hash}
//     visit: {as: DATE, anonymizer: date_shift}
//     note: {as: text}
//     "#7": {as: drop}
//
// What a column is taken as goes to the format's reader, its anonymizer is an
// override of the policy. Strict, as policies are: an unknown key is an error
// that names file, line and column.

#ifndef PHIWIRE_POLICY_COLUMNS_H_
#define PHIWIRE_POLICY_COLUMNS_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/table/column_map.h"
#include "phiwire/policy.h"

namespace phiwire {

struct Columns {
  Format format = Format::kCsv;  // or kFixed
  ColumnMap map;
  std::vector<PolicyOverride> overrides;

  // The map for readers of `of`: an empty one for those it isn't about.
  ColumnMap Of(Format of) const { return of == format ? map : ColumnMap(); }
};

// Of the policy's columns_file; without one a map that says nothing.
absl::StatusOr<Columns> ReadColumns(const Policy& policy);

absl::StatusOr<Columns> ParseColumns(std::string_view yaml,
                                     std::string_view source_name);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_COLUMNS_H_
