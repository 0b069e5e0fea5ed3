// SPDX-License-Identifier: Apache-2.0
//
// hash: a token of the value's keyed hash (HMAC-SHA-256), the same for the same
// type, value, key and tenant in every document and format, so that records
// stay linkable. Which values are the same: identity.h. Types never collide.
//
//   length    characters of a token with its key's mark, 12 to 42, 20 unless
//             given
//   alphabet  auto (unless given): decimal digits when the value is digits
//             only, else base32; base32, digits or hex
//   key_id    true unless given: the first four characters tell the key
//   remember  true: the vault keeps the value, so that phiwire reidentify finds
//             it; false unless given
//
// Of a million values two share one of 16 characters after the mark with
// probability 4e-13 in base32 and 5e-5 in digits.
//
// In typed slots dates, ZIPs and codes can't hold a token and get their Safe
// Harbor form (slot.h). Of a name in parts, family and given name get the
// person's token, the other parts nothing. A token is derived from the value,
// so this is not Safe Harbor (45 CFR 164.514(c)).

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

inline constexpr std::array<std::string_view, 4> kHashParams = {
    "length", "alphabet", "key_id", "remember"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewHash(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_HASH_H_
