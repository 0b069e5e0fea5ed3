// SPDX-License-Identifier: Apache-2.0

#include "policy/on_failure.h"

#include <array>
#include <cstddef>

namespace phiwire {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"refuse", "replace",
                                                    "redact"};

}  // namespace

std::string_view OnFailureName(OnFailure value) {
  return kNames[static_cast<std::size_t>(value)];
}

std::optional<OnFailure> ParseOnFailure(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<OnFailure>(i);
  }
  return std::nullopt;
}

}  // namespace phiwire
