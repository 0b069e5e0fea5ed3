// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/field_path.h"

#include <charconv>

namespace phiwire::hl7v2 {
namespace {

constexpr std::size_t kFirstNumber = 5;  // after "@PID."

}  // namespace

std::optional<FieldPath> ParseFieldPath(std::string_view name) {
  if (name.size() <= kFirstNumber || name[0] != '@' || name[4] != '.') {
    return std::nullopt;
  }
  FieldPath path;
  path.segment = name.substr(1, 3);
  const char* at = name.data() + kFirstNumber;
  const char* const end = name.data() + name.size();
  for (int* part : {&path.field, &path.component, &path.subcomponent}) {
    const auto [next, error] = std::from_chars(at, end, *part);
    if (error != std::errc()) return std::nullopt;
    if (next == end) return path;
    if (*next != '.') return std::nullopt;
    at = next + 1;
  }
  return std::nullopt;
}

}  // namespace phiwire::hl7v2
