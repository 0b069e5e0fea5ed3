// SPDX-License-Identifier: Apache-2.0
//
// How often a property is tried with random values.

#ifndef PHIWIRE_TESTS_LONG_TESTS_H_
#define PHIWIRE_TESTS_LONG_TESTS_H_

#include <cstddef>
#include <cstdlib>

namespace phiwire {

// 10^6 where PHIWIRE_LONG_TESTS is set: up to a minute a property.
inline std::size_t Rounds() {
  return std::getenv("PHIWIRE_LONG_TESTS") != nullptr ? 1'000'000 : 20'000;
}

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_LONG_TESTS_H_
