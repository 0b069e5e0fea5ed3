// SPDX-License-Identifier: Apache-2.0
//
// The fields of one row under a plan: slots where a column has a type, free
// text where it has none, nothing where it is kept, and what the row's own
// cells say of its people. Shared by separated text and fixed width.
//
// A cell is looked at without the blanks around it. NULL, N/A and the like
// stay whatever the column. Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_TABLE_ROW_FIELDS_H_
#define PHIWIRE_FORMATS_TABLE_ROW_FIELDS_H_

#include <span>
#include <string_view>

#include "engine/format.h"
#include "formats/table/column_map.h"
#include "formats/table/rows.h"

namespace phiwire::table {

// As many cells as the plan has columns, or any number when it has none.
RecordFields FieldsOfRow(std::string_view row, std::span<const Cell> cells,
                         const Plan& plan);

// The header row: names that are known stay, others are scanned.
RecordFields FieldsOfHeader(std::string_view row, std::span<const Cell> cells,
                            const Plan& plan);

}  // namespace phiwire::table

#endif  // PHIWIRE_FORMATS_TABLE_ROW_FIELDS_H_
