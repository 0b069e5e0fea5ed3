// SPDX-License-Identifier: Apache-2.0
//
// For conditions that no processor can guess, asked for every word of a text: a
// wrong guess costs some twenty cycles, as much as sixty instructions. The
// compiler has to compute such a condition; it may not jump on a part of it.
//
//   count += Computed(p >= 0.5f);
//   if (Computed((a != 0) & (b == 0))) ...      // one guess instead of two

#ifndef PHIWIRE_BASE_COMPUTED_H_
#define PHIWIRE_BASE_COMPUTED_H_

#include <cstdint>

namespace phiwire {

// 1 or 0.
[[gnu::always_inline]] inline std::uint32_t Computed(bool condition) {
  std::uint32_t value = condition ? 1 : 0;
  asm("" : "+r"(value));
  return value;
}

// One or the other.
[[gnu::always_inline]] inline std::uint32_t Chosen(bool condition,
                                                   std::uint32_t if_so,
                                                   std::uint32_t if_not) {
  return if_not ^ ((if_so ^ if_not) & (0U - Computed(condition)));
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_COMPUTED_H_
