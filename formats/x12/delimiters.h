// SPDX-License-Identifier: Apache-2.0
//
// The delimiters an interchange declares in its ISA segment, whose elements
// have fixed widths. Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_X12_DELIMITERS_H_
#define PHIWIRE_FORMATS_X12_DELIMITERS_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire::x12 {

// "ISA", sixteen elements of these widths each behind a separator, and the
// segment terminator.
inline constexpr std::array<std::size_t, 16> kIsaWidths = {
    2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};
inline constexpr std::size_t kIsaSize = 106;

struct Delimiters {
  char element = '*';
  char component = ':';
  char repetition = '\0';  // none before version 00402: ISA11 is "U" there
  char terminator = '~';

  bool Separates(char c) const {
    return c == element || c == component || c == terminator ||
           (repetition != '\0' && c == repetition);
  }
  friend bool operator==(const Delimiters&, const Delimiters&) = default;
};

// `bytes` begins with an ISA segment. kDataLoss, with a static reason, when it
// is cut short, has other widths or impossible delimiters.
absl::StatusOr<Delimiters> ReadIsa(std::string_view bytes);

// Whether a header of this shape begins here, whatever its delimiters.
bool IsIsaAt(std::string_view bytes, std::size_t at);

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_DELIMITERS_H_
