// SPDX-License-Identifier: Apache-2.0
//
// redact: nothing takes the place, in free text and in every slot. A slot that
// must not be empty makes its format refuse the record. No settings.

#ifndef PHIWIRE_ANONYMIZERS_REDACT_H_
#define PHIWIRE_ANONYMIZERS_REDACT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

absl::StatusOr<std::unique_ptr<Anonymizer>> NewRedact(
    const AnonymizerParams& params, const AnonymizerContext&);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_REDACT_H_
