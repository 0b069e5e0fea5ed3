// SPDX-License-Identifier: Apache-2.0
//
// A number a token, 0 of most: begun anew it costs what was set, not the length
// of the text. Belongs to one thread.
//
//   TokenNumbers covers;
//   covers.Reset(tokens);
//   covers.Set(17, 3);
//   covers[17];   // 3
//   covers[18];   // 0

#ifndef PHIWIRE_RULES_TOKEN_NUMBERS_H_
#define PHIWIRE_RULES_TOKEN_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ask_ahead.h"

namespace phiwire {

class TokenNumbers {
 public:
  // 0 of every token.
  void Reset(std::size_t tokens) {
    for (const std::uint32_t i : set_) numbers_[i] = 0;
    set_.clear();
    if (numbers_.size() < tokens) numbers_.resize(tokens, 0);
  }
  std::uint32_t operator[](std::size_t i) const { return numbers_[i]; }
  // Asks memory for the number of a token, or of none.
  void AskFor(std::size_t i) const { AskAhead(numbers_.data(), i); }
  // Once a token; the number is not 0.
  void Set(std::size_t i, std::uint32_t number) {
    AskAheadToWrite(&numbers_[i], kAhead);
    numbers_[i] = number;
    set_.push_back(static_cast<std::uint32_t>(i));
  }
  // Tokens with a number, in the order they were set.
  std::span<const std::uint32_t> set() const { return set_; }

 private:
  static constexpr std::size_t kAhead = 256;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> set_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_TOKEN_NUMBERS_H_
