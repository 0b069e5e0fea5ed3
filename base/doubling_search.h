// SPDX-License-Identifier: Apache-2.0
//
// A search in what is sorted, for an answer that is mostly near: in steps that
// double, then by halves between the last two. A search by halves of a long
// array waits for memory at each of its first steps.
//
//   FirstNotBefore(from, tokens.size(),
//                  [&](std::size_t i) { return tokens[i].end <= begin; });

#ifndef PHIWIRE_BASE_DOUBLING_SEARCH_H_
#define PHIWIRE_BASE_DOUBLING_SEARCH_H_

#include <algorithm>
#include <cstddef>

namespace phiwire {

// The first of [from, size) that is not before, or `size`. Those that are
// before(index) come first.
template <class Before>
std::size_t FirstNotBefore(std::size_t from, std::size_t size, Before before) {
  std::size_t first = from;
  std::size_t last = from;
  for (std::size_t step = 1; last < size && before(last); step *= 2) {
    first = last + 1;
    last += std::min(step, size - last);
  }
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (before(middle)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_DOUBLING_SEARCH_H_
