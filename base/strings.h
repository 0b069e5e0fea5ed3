// SPDX-License-Identifier: Apache-2.0
//
// Crossing between std::string_view and Debian's absl::string_view (another
// type in that build), and Status messages from std::string_view pieces.

#ifndef PHIWIRE_BASE_STRINGS_H_
#define PHIWIRE_BASE_STRINGS_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/strings/string_view.h"

namespace phiwire {

inline absl::string_view ToAbsl(std::string_view s) {
  return absl::string_view(s.data(), s.size());
}
inline std::string_view ToStd(absl::string_view s) {
  return std::string_view(s.data(), s.size());
}

// Concatenation: Concat({"rule ", name, ": no pattern"}).
inline std::string Concat(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (std::string_view p : pieces) size += p.size();
  std::string out;
  out.reserve(size);
  for (std::string_view p : pieces) out.append(p);
  return out;
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_STRINGS_H_
