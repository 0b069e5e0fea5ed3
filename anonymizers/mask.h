// SPDX-License-Identifier: Apache-2.0
//
// mask: every letter and digit becomes the mask character, punctuation and
// spaces stay, so the shape of the value is still to be seen: "***-**-****".
//
//   char       one visible character, "*" unless given
//   keep_last  how many of the last letters and digits stay, 0 to 64, default
//              0. When they would be more than half of the value none stays.
//
// In typed slots: an identifier's letters become X and its digits 0 (a mask
// character is no part of its alphabet); dates, ZIPs and codes get their Safe
// Harbor form (slot.h). Shape, length and what keep_last keeps are derived from
// the value: not Safe Harbor.

#ifndef PHIWIRE_ANONYMIZERS_MASK_H_
#define PHIWIRE_ANONYMIZERS_MASK_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 2> kMaskParams = {"char",
                                                                "keep_last"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewMask(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_MASK_H_
