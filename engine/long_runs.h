// SPDX-License-Identifier: Apache-2.0
//
// The long stretches of a text without white space: prose has few of them, and
// whatever can stand only in one (packed text, hardware addresses, UUIDs) needs
// no look elsewhere. Half an instruction a byte where there are none.

#ifndef PHIWIRE_ENGINE_LONG_RUNS_H_
#define PHIWIRE_ENGINE_LONG_RUNS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace phiwire {

// Bytes [begin, end).
struct ByteRun {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

inline constexpr std::size_t kShortestLongRun = 16;

// '+' to 0x7F: letters, digits and most marks, but no white space, quotes,
// brackets or characters beyond ASCII.
constexpr bool IsLongRunPart(char c) { return c > '*'; }

// All maximal runs of kShortestLongRun or more such bytes, in the order of the
// text, which is shorter than 4 GiB. What `runs` held goes.
void FindLongRuns(std::string_view text, std::vector<ByteRun>* runs);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_LONG_RUNS_H_
