// SPDX-License-Identifier: Apache-2.0
//
// Shapes of numbers and codes (`at: token` in the catalogue). A hundred
// digit shapes in one Hyperscan database scan at 13 MB/s, because every byte
// starts some of them; but they can begin only where a token with a digit in
// it, or a sign or capitals before one, begins. There one automaton (RE2::Set)
// tells which shapes stand, and each of those is asked for its longest end.
//
// Immutable once built; thread-safe. Where the automaton runs out of memory,
// every shape is tried by itself: slower, never blind.

#ifndef PHIWIRE_RECOGNIZERS_SHAPE_SET_H_
#define PHIWIRE_RECOGNIZERS_SHAPE_SET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/document.h"
#include "re2/re2.h"
#include "re2/set.h"

namespace phiwire {

class ShapeSet {
 public:
  ShapeSet();
  // Equal shapes get one number, counted from 0.
  absl::StatusOr<std::uint32_t> Add(const std::string& regex, bool caseless,
                                    std::uint32_t max_bytes);
  absl::Status Build();  // once, after the last Add

  // Whether a shape may begin at token i.
  static bool MayBegin(const Document& d, std::size_t i);

  // The shapes that stand at byte `begin`, into *found (overwritten).
  void Match(std::string_view text, std::size_t begin,
             std::vector<int>* found) const;
  // Longest end of the shape that begins at `begin`; `begin` when it has none.
  std::size_t End(std::uint32_t shape, std::string_view text,
                  std::size_t begin) const;

  std::size_t size() const { return shapes_.size(); }

 private:
  struct Shape {
    std::string regex;  // with its (?i:)
    std::unique_ptr<RE2> longest;
    std::uint32_t max_bytes = 0;
  };
  std::vector<Shape> shapes_;
  std::unique_ptr<RE2::Set> set_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_SHAPE_SET_H_
