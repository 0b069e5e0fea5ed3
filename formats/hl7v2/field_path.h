// SPDX-License-Identifier: Apache-2.0
//
// The name queries give a field by: "@PID.5.1" or "@PID.5.1.2" (HL7 v2.8
// section 5.4, QPD), whose value follows in the next component.

#ifndef PHIWIRE_FORMATS_HL7V2_FIELD_PATH_H_
#define PHIWIRE_FORMATS_HL7V2_FIELD_PATH_H_

#include <optional>
#include <string_view>

namespace phiwire::hl7v2 {

struct FieldPath {
  std::string_view segment;
  int field = 0;
  int component = 1;
  int subcomponent = 1;
};

std::optional<FieldPath> ParseFieldPath(std::string_view name);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_FIELD_PATH_H_
