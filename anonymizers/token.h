// SPDX-License-Identifier: Apache-2.0
//
// token: a random token from a vault (token_vault.h), the same for the same
// type and value (as written) wherever that vault is used; with no vault in the
// policy, for the length of one run. Not derived from the value, so it may
// stand under Safe Harbor. Reversible by phiwire reidentify with the vault and
// its key only.
//
//   length    random characters, 8 to 52, 16 unless given
//   alphabet  base32 (a sealed_code.h, the default) or digits: bare digits for
//             numeric columns
//
//   everywhere  as with encrypt
//
// Dates, ZIPs and codes in typed slots get their Safe Harbor form.

#ifndef PHIWIRE_ANONYMIZERS_TOKEN_H_
#define PHIWIRE_ANONYMIZERS_TOKEN_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 3> kTokenParams = {
    "alphabet", "length", "everywhere"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewToken(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_TOKEN_H_
