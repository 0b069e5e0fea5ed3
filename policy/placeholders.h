// SPDX-License-Identifier: Apache-2.0
//
// phiwire's own placeholders in a text ("[NAME]", "[DATE_2]") are nobody's
// data: de-identified text that comes through again stays as it is. Pure
// functions, safe from any thread.

#ifndef PHIWIRE_POLICY_PLACEHOLDERS_H_
#define PHIWIRE_POLICY_PLACEHOLDERS_H_

#include <string_view>
#include <vector>

#include "engine/field.h"
#include "phiwire/finding.h"

namespace phiwire {

// Findings lose what they have of placeholders at their ends; those with
// nothing left go. Offsets are of `text`.
void LeaveOutPlaceholders(std::string_view text,
                          std::vector<Finding>* findings);

// Of a record's known values, those that are placeholders or, as a format cuts
// them, words of placeholders that stand in the record.
void LeaveOutPlaceholders(std::string_view record,
                          std::vector<KnownValue>* known);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_PLACEHOLDERS_H_
