// SPDX-License-Identifier: Apache-2.0
//
// The syntax tree of a shape's regular expression: see shape_program.h for
// what is understood. Pure functions.

#ifndef PHIWIRE_RECOGNIZERS_SHAPE_REGEX_H_
#define PHIWIRE_RECOGNIZERS_SHAPE_REGEX_H_

#include <bitset>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace phiwire {

struct ShapeNode {
  enum class Kind : std::uint8_t {
    kBytes,     // one byte of `bytes`
    kSequence,  // all children, none for the empty string
    kEither,    // one of the children
    kRepeat,    // its only child, min to max times
    kBoundary,  // \b
    kInside,    // \B
  };
  static constexpr std::uint32_t kNoLimit =
      std::numeric_limits<std::uint32_t>::max();
  Kind kind = Kind::kSequence;
  std::bitset<256> bytes{};
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  std::vector<ShapeNode> children{};
};

// None when there is syntax it does not know.
std::optional<ShapeNode> ParseShape(std::string_view regex, bool caseless);

// As \w and \b have them.
std::bitset<256> WordBytes();

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_SHAPE_REGEX_H_
