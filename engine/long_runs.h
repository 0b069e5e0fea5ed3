// SPDX-License-Identifier: Apache-2.0
//
// The long stretches of a text without white space: prose has few of them, and
// whatever can stand only in one (packed text, hardware addresses, UUIDs) needs
// no look elsewhere. The tokeniser, which looks at each block of bytes anyway,
// finds them; half an instruction a byte where there are none.

#ifndef PHIWIRE_ENGINE_LONG_RUNS_H_
#define PHIWIRE_ENGINE_LONG_RUNS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/char_blocks.h"

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

// Lists all maximal runs of kShortestLongRun or more such bytes, in the order
// of the text, which comes block by block and is shorter than 4 GiB.
class LongRunFinder {
 public:
  explicit LongRunFinder(std::vector<ByteRun>* runs) : runs_(runs) {}

  // Before the first block: what the list held goes.
  void Start() { runs_->clear(); }

  // `gaps`: the bits of what is no such byte in [base, base + kCharBlock).
  // Behind the text's end are gaps too.
  void Add(std::size_t base, std::uint64_t gaps) {
    if (gaps == 0) return;
    const auto gap = static_cast<unsigned>(std::countr_zero(gaps));
    EndAt(base + gap);
    // Where sixteen begin behind it.
    for (std::uint64_t inside = Sixteens(~gaps) & FromOn(gap); inside != 0;) {
      const auto first = static_cast<unsigned>(std::countr_zero(inside));
      const std::uint64_t behind = gaps >> first;
      if (behind == 0) break;
      begin_ = base + first;
      const auto length = static_cast<unsigned>(std::countr_zero(behind));
      EndAt(begin_ + length);
      inside &= FromOn(first + length);
    }
    begin_ = base + kCharBlock - static_cast<unsigned>(std::countl_zero(gaps));
  }

  // Behind the last block.
  void Finish(std::size_t size) { EndAt(size); }

 private:
  static std::uint64_t FromOn(unsigned bit) { return ~std::uint64_t{0} << bit; }

  // The first of every 16 bits in a row that are 1.
  static std::uint64_t Sixteens(std::uint64_t bits) {
    static_assert(kShortestLongRun == 16);
    bits &= bits >> 1;
    bits &= bits >> 2;
    bits &= bits >> 4;
    return bits & bits >> 8;
  }

  void EndAt(std::size_t end) {
    if (end < begin_ + kShortestLongRun) return;
    runs_->push_back(
        {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end)});
  }

  std::vector<ByteRun>* runs_;
  std::size_t begin_ = 0;  // of the run that is open, behind the last gap
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_LONG_RUNS_H_
