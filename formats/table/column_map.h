// SPDX-License-Identifier: Apache-2.0
//
// What somebody says of the columns of a table, and what a table's columns
// become by it, by their names and by what a sample of their cells looks like.
// Immutable when built.
//
// Columns are named by the header row, or by place: "#3" is the third.

#ifndef PHIWIRE_FORMATS_TABLE_COLUMN_MAP_H_
#define PHIWIRE_FORMATS_TABLE_COLUMN_MAP_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/table/column_names.h"
#include "formats/table/content.h"
#include "phiwire/types.h"

namespace phiwire {

// One column of a column map (docs/tables.md).
struct ColumnSpec {
  std::string name = {};  // of the header row, or one given to a place
  std::size_t index = 0;  // from 1; 0: by name
  std::optional<SiteRule::As> as = {};  // none: by name and content
  PhiType type = PhiType::kId;          // As::kSlot
  std::string subject = {};  // the column that tells whose it is; "": the row's
  // Fixed width: where it stands, from 0.
  std::size_t begin = 0;
  std::size_t width = 0;
};

struct ColumnMap {
  std::optional<char> separator = {};  // none: told by the file
  std::optional<bool> header = {};     // whether there is a header row
  std::string subject = {};            // the column of the patient's id
  bool strict = false;                 // a column it does not name is an error
  bool in_bytes = false;               // fixed width: not in characters
  std::vector<ColumnSpec> columns = {};

  bool empty() const {
    return columns.empty() && subject.empty() && !separator && !header;
  }
};

namespace table {

struct Column {
  ColumnRule rule;
  std::string path;   // in findings: the name where it is known
  bool told = false;  // by a person: no guard looks at its cells
  bool dropped = false;
  bool personal = true;       // of the patient or a relative, not of staff
  std::int32_t person = -1;   // index in Plan::persons, names in parts only
  std::int32_t subject = -1;  // index in Plan::subjects; -1: none
};

struct Plan {
  std::vector<Column> columns;        // empty: any number, all to be scanned
  std::size_t persons = 0;            // people whose names come in parts
  std::vector<std::size_t> subjects;  // columns with patients' ids
  std::size_t fields = 64;            // how many a row is likely to have
};

// Where the names of columns come from, and how they look.
struct TableHead {
  std::vector<std::string> names;  // empty: no header row
  std::vector<ColumnSample> samples;
};

// kInvalidArgument when the map names a column that isn't there, or when it is
// strict and does not name one that is.
absl::StatusOr<Plan> MakePlan(const TableHead& head, const ColumnMap& map,
                              std::span<const SiteRule> site);

// How a column told to be of a type is replaced.
ColumnRule RuleOfType(PhiType type);

// Three digits in a row: more than names of columns have.
bool HoldsNumber(std::string_view name);

// Whether a row of cells is a header row: names of columns that are known,
// and nothing that looks like a value.
bool LooksLikeHeader(std::span<const std::string> cells);

}  // namespace table
}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_TABLE_COLUMN_MAP_H_
