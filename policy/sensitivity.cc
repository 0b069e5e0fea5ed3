// SPDX-License-Identifier: Apache-2.0

#include "policy/sensitivity.h"

namespace phiwire {

std::string_view SensitivityName(Sensitivity sensitivity) {
  switch (sensitivity) {
    case Sensitivity::kStrict:
      return "strict";
    case Sensitivity::kBalanced:
      return "balanced";
    case Sensitivity::kPrecise:
      return "precise";
  }
  return "balanced";
}

std::optional<Sensitivity> ParseSensitivity(std::string_view name) {
  for (Sensitivity s :
       {Sensitivity::kStrict, Sensitivity::kBalanced, Sensitivity::kPrecise}) {
    if (SensitivityName(s) == name) return s;
  }
  return std::nullopt;
}

}  // namespace phiwire
