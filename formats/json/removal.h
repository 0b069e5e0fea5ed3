// SPDX-License-Identifier: Apache-2.0
//
// Takes values out of a JSON text with their names and commas, and what that
// leaves empty with them; see splice.h. Pure functions.

#ifndef PHIWIRE_FORMATS_JSON_REMOVAL_H_
#define PHIWIRE_FORMATS_JSON_REMOVAL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "formats/json/document.h"

namespace phiwire::json {

// Bytes [begin, end) of the text become `text`.
struct Replaced {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// `emptied`: indexes of nodes that go. `all` (sorted, disjoint) gets what takes
// them out, and loses what lay inside.
void AddRemovals(const Document& doc, std::span<const std::uint32_t> emptied,
                 std::vector<Replaced>* all);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_REMOVAL_H_
