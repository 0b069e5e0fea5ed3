// SPDX-License-Identifier: Apache-2.0
//
// What the columns of a roster hold. Names of columns are compared in lower
// case with blanks and dashes as underscores: "First Name" is first_name.

#ifndef PHIWIRE_POLICY_ROSTER_COLUMNS_H_
#define PHIWIRE_POLICY_ROSTER_COLUMNS_H_

#include <optional>
#include <string>
#include <string_view>

#include "phiwire/types.h"

namespace phiwire {

enum class RosterColumn {
  kFirst,
  kMiddle,
  kLast,
  kFullName,
  kDate,
  kValue,   // of `type`
  kIgnore,  // its name begins with an underscore
};

struct RosterColumnKind {
  RosterColumn column = RosterColumn::kIgnore;
  PhiType type = PhiType::kName;
};

// nullopt: no such column.
std::optional<RosterColumnKind> FindRosterColumn(std::string_view name);

// A name in one cell: "Jane Q. Roe, MD", "Roe, Jane Q", "ROE^JANE^Q".
struct RosterName {
  std::string first, middle, last;
};
RosterName ParseRosterName(std::string_view name);

// Without titles, credentials, suffixes and what stands for no name ("BABY",
// "UNKNOWN").
std::string CleanNamePart(std::string_view part);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ROSTER_COLUMNS_H_
