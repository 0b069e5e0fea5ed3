// SPDX-License-Identifier: Apache-2.0
//
// date_shift: every date of a patient moves by the same number of days, drawn
// by key, tenant and the patient's id (ASCII case and white space apart), so it
// is the same in all documents and formats, and intervals stay true. The
// written form and times of day stay; what moves how: date_offset.h.
//
//   days             most days either way, 1 to 3650, 365 unless given; the
//                    number is never 0
//   whole_weeks      true: multiples of 7 only, so that weekdays stay; needs
//                    days of 7 or more
//   order            month_first (unless given) or day_first, for dates that
//                    could be both
//   without_subject  refuse (unless given): a record that says no patient is
//                    refused; remove: its dates are taken out
//
// A date that isn't understood is never let through: [DATE] takes its place, a
// slot takes no date (docs/anonymizers.md). Not Safe Harbor, which lets only
// the year stay. Restore moves back, with the current key.

#ifndef PHIWIRE_ANONYMIZERS_DATE_SHIFT_H_
#define PHIWIRE_ANONYMIZERS_DATE_SHIFT_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 4> kDateShiftParams = {
    "days", "whole_weeks", "order", "without_subject"};

// `context.keys` must outlive the anonymizer.
absl::StatusOr<std::unique_ptr<Anonymizer>> NewDateShift(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_DATE_SHIFT_H_
