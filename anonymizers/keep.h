// SPDX-License-Identifier: Apache-2.0
//
// keep: the value stays, in free text and in every slot. The finding is still
// reported. Not Safe Harbor for any of its identifiers. No settings.

#ifndef PHIWIRE_ANONYMIZERS_KEEP_H_
#define PHIWIRE_ANONYMIZERS_KEEP_H_

#include <memory>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

absl::StatusOr<std::unique_ptr<Anonymizer>> NewKeep(
    const AnonymizerParams& params, const AnonymizerContext&);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_KEEP_H_
