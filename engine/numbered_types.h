// SPDX-License-Identifier: Apache-2.0
//
// Types whose values are numbers or codes, so that spacing and punctuation
// inside them mean nothing. Who needs a ZIP or a user name too adds it.

#ifndef PHIWIRE_ENGINE_NUMBERED_TYPES_H_
#define PHIWIRE_ENGINE_NUMBERED_TYPES_H_

#include "phiwire/types.h"

namespace phiwire {

constexpr bool IsNumbered(PhiType type) {
  switch (type) {
    case PhiType::kPhone:
    case PhiType::kFax:
    case PhiType::kSsn:
    case PhiType::kMedicalRecord:
    case PhiType::kHealthPlan:
    case PhiType::kAccount:
    case PhiType::kLicense:
    case PhiType::kVehicle:
    case PhiType::kDevice:
    case PhiType::kId:
      return true;
    default:
      return false;
  }
}

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_NUMBERED_TYPES_H_
