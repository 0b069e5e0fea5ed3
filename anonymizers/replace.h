// SPDX-License-Identifier: Apache-2.0
//
// replace: "[TYPE]" in free text and names, the slot's Safe Harbor form in
// typed slots (slot.h). The default of every type.
//
//   with      text in place of "[{TYPE}]"; {TYPE} becomes the type's name, {N}
//             the number below. At most 256 bytes, no control characters, no
//             other braces, not empty (that is redact). E.g. "<{TYPE}>".
//   numbered  true: "[{TYPE}_{N}]": things of a type are counted from 1 in each
//             record, and the same thing (identity.h) has the same number:
//             [NAME_1] is one person throughout. false unless given.
//   ids       token: an identifier's slot gets a random token (token.h), so
//             that patients stay apart; zeros (unless given): its Safe Harbor
//             form, the same for all

#ifndef PHIWIRE_ANONYMIZERS_REPLACE_H_
#define PHIWIRE_ANONYMIZERS_REPLACE_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 3> kReplaceParams = {
    "with", "numbered", "ids"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewReplace(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_REPLACE_H_
