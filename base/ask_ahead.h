// SPDX-License-Identifier: Apache-2.0
//
// Asks memory now for what a pass will reach some steps later. The arrays of a
// text of megabytes lie beyond the nearest caches. There the processor foresees
// a pass over them only to the end of each 4 kB, and what it writes not at all:
// on a machine whose third-level cache is far away such a pass waits for longer
// than it works (docs/decisions/0019-asking-ahead.md).
//
//   for (std::size_t i = 0; i < tokens.size(); ++i) {
//     AskAhead(tokens.data() + i, kAhead);
//     ...
//   }
//
// How far: as many items as take some 300 ns. That is 2,048 bytes where a pass
// takes a seventh of a nanosecond for each, 100 to 500 tokens at one to three,
// 8 to 32 candidates or replacements.
//
// Of a short text it asks for what lies behind it, which costs one instruction
// an item. Any place may be asked for, also none of an array's.

#ifndef PHIWIRE_BASE_ASK_AHEAD_H_
#define PHIWIRE_BASE_ASK_AHEAD_H_

#include <cstddef>
#include <cstdint>

namespace phiwire {

// For a pass over the bytes of a text.
inline constexpr std::size_t kTextAhead = 2048;

// Computed as a number, since a pointer must not leave its array.
template <class T>
[[gnu::always_inline]] inline const void* PlaceAhead(const T* item,
                                                     std::size_t items) {
  return reinterpret_cast<const void*>(  // NOLINT(performance-no-int-to-ptr)
      reinterpret_cast<std::uintptr_t>(item) + items * sizeof(T));
}

// The beginning of what lies `items` behind `item`, to be read.
template <class T>
[[gnu::always_inline]] inline void AskAhead(const T* item, std::size_t items) {
  __builtin_prefetch(PlaceAhead(item, items));
}

// The same, to be written.
template <class T>
[[gnu::always_inline]] inline void AskAheadToWrite(const T* item,
                                                   std::size_t items) {
  __builtin_prefetch(PlaceAhead(item, items), 1);
}

// All of an item that is longer than a cache line.
template <class T>
[[gnu::always_inline]] inline void AskAheadForAll(const T* item,
                                                  std::size_t items) {
  constexpr std::size_t kLine = 64;
  const char* const at = static_cast<const char*>(PlaceAhead(item, items));
  for (std::size_t byte = 0; byte < sizeof(T); byte += kLine) {
    AskAhead(at, byte);
  }
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_ASK_AHEAD_H_
