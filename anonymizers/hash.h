// SPDX-License-Identifier: Apache-2.0
//
// hash: a token of the value's keyed hash (base/keyed_hash.h), the same for the
// same type, value and key in every document and format, so that records stay
// linkable: base32, or decimal digits when the value is digits only.
//
//   length  characters of a token, 8 to 52, 16 unless given. Of a million
//           values two share a token of 16 with probability 4e-13 in base32
//           and 5e-5 in digits; digits are never more than 38.
//
// In typed slots dates, ZIPs and codes can't hold a token and get their Safe
// Harbor form (slot.h). A token is derived from the value, so this is not Safe
// Harbor (45 CFR 164.514(c)).

#ifndef PHIWIRE_ANONYMIZERS_HASH_H_
#define PHIWIRE_ANONYMIZERS_HASH_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 1> kHashParams = {"length"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewHash(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_HASH_H_
