// SPDX-License-Identifier: Apache-2.0
//
// replace: "[TYPE]" in free text and names, the slot's Safe Harbor form in
// typed slots (slot.h). The default of every type.
//
//   with: text in place of "[{TYPE}]"; {TYPE} becomes the type's name. At most
//         256 bytes, no control characters, no other braces, not empty (that is
//         redact). E.g. "<{TYPE}>".

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

inline constexpr std::array<std::string_view, 1> kReplaceParams = {"with"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewReplace(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_REPLACE_H_
