// SPDX-License-Identifier: Apache-2.0
//
// Digits of ASCII text, whatever the locale. Text that may hold other digits
// is canonical before it comes here (engine/canonical.h). Pure functions.
//
//   DigitsAt("8:30", 2) == 2   NumberAt("8:30", 2, 2) == 30

#ifndef PHIWIRE_BASE_ASCII_H_
#define PHIWIRE_BASE_ASCII_H_

#include <cstddef>
#include <string_view>

namespace phiwire {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// How many digits stand in a row from `at` on.
constexpr std::size_t DigitsAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && IsDigit(text[end])) ++end;
  return end - at;
}

// The number that `size` digits from `at` on write; at most nine of them.
constexpr int NumberAt(std::string_view text, std::size_t at,
                       std::size_t size) {
  int n = 0;
  for (std::size_t i = at; i < at + size; ++i) n = n * 10 + (text[i] - '0');
  return n;
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_ASCII_H_
