// SPDX-License-Identifier: Apache-2.0
//
// encrypt: AES-256-SIV of the value (base/siv.h) with the key's id, as a
// sealed_code.h. Reversible with the key, by phiwire reidentify; a change of
// any character is detected. Deterministic: equal values of one type give equal
// codes.
//
//   everywhere  true: also where a date, ZIP or code must stand, so that all
//               comes back, but the slot's grammar is broken; false (unless
//               given): these get their Safe Harbor form, which has no way back
//
// Values of more than 600 bytes are refused.

#ifndef PHIWIRE_ANONYMIZERS_ENCRYPT_H_
#define PHIWIRE_ANONYMIZERS_ENCRYPT_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 1> kEncryptParams = {
    "everywhere"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewEncrypt(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_ENCRYPT_H_
