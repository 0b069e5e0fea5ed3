// SPDX-License-Identifier: Apache-2.0
//
// generalize: what Safe Harbor (45 CFR 164.514(b)(2)(i)) lets stay of a value,
// and a placeholder where it lets nothing:
//
//   DATE      its year; nothing when the year could be the birth of someone
//             over 89, or isn't said
//   AGE       the age; 90+ from 90 on, in digits or words
//   ZIP       the first three digits, 000 on the restricted list
//   LOCATION  nothing, unless coordinates are asked for
//   others    [TYPE], or the slot's own form (slot.h)
//
// Settings. Those marked * go beyond Safe Harbor and need another ground
// (a limited data set, an expert's determination):
//
//   dates        year (unless given), month*, day*, hour*: 2021, 2021-03,
//                2021-03-14, 2021-03-14T08, or the same as HL7 writes it
//   zip_list     union (unless given), 2000, 2020: which census's list
//   coordinates  remove (unless given), 0*, 1*, 2*: decimals of a degree that
//                stay; one degree is up to 111 km

#ifndef PHIWIRE_ANONYMIZERS_GENERALIZE_H_
#define PHIWIRE_ANONYMIZERS_GENERALIZE_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 3> kGeneralizeParams = {
    "dates", "zip_list", "coordinates"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewGeneralize(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_GENERALIZE_H_
