// SPDX-License-Identifier: Apache-2.0
//
// The long stretches of a text without white space: prose has few of them, and
// whatever can stand only in one (packed text, hardware addresses, UUIDs) needs
// no look elsewhere. Half an instruction a byte where there are none.
//
//   LongRuns runs(text);
//   for (ByteRun run; runs.Next(&run);) Use(text.substr(run.begin, ...));
//
// Not thread-safe; the text outlives it.

#ifndef PHIWIRE_ENGINE_LONG_RUNS_H_
#define PHIWIRE_ENGINE_LONG_RUNS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire {

struct ByteRun {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class LongRuns {
 public:
  static constexpr std::size_t kShortest = 16;

  explicit LongRuns(std::string_view text) : text_(text) {}

  // The next maximal run of kShortest or more bytes from '+' to 0x7F: letters,
  // digits and most marks, but no white space, quotes, brackets or characters
  // beyond ASCII. False when there is none.
  bool Next(ByteRun* run);

  static bool IsPart(char c) { return c > '*'; }

 private:
  static constexpr std::size_t kBlock = 64;

  std::string_view text_;
  std::size_t at_ = 0;    // of the next block
  std::size_t done_ = 0;  // no run that is still to come begins before it
  // Of the block before at_: bytes inside long runs, where any begins; how many
  // at its end are part of a run.
  std::uint64_t inside_ = 0;
  unsigned tail_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_LONG_RUNS_H_
