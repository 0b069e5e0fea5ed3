// SPDX-License-Identifier: Apache-2.0
//
// A set of bytes, made when compiled: a look is one load
// (std::string_view::find_first_not_of calls memchr for each byte). Immutable.
//
//   constexpr ByteSet kBlanks(" \t");
//   kBlanks.Trim("  a b ") == "a b";   kBlanks.NextIn("a b", 0) == 1
//   constexpr ByteSet kDigits("0123456789");   kDigits.HoldAll("123")

#ifndef PHIWIRE_BASE_BYTE_SET_H_
#define PHIWIRE_BASE_BYTE_SET_H_

#include <array>
#include <cstddef>
#include <string_view>

namespace phiwire {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) in_[static_cast<unsigned char>(c)] = true;
  }
  // These, and all from NUL up to `last`.
  constexpr ByteSet(std::string_view bytes, char last) : ByteSet(bytes) {
    for (char c = 0; c <= last; ++c) in_[static_cast<unsigned char>(c)] = true;
  }

  constexpr bool Has(char c) const {
    return in_[static_cast<unsigned char>(c)];
  }
  constexpr bool HoldAll(std::string_view text) const {
    for (const char c : text) {
      if (!Has(c)) return false;
    }
    return true;
  }
  // The first place at or behind `at` with one of them; the text's size when
  // there is none.
  constexpr std::size_t NextIn(std::string_view text, std::size_t at) const {
    while (at < text.size() && !Has(text[at])) ++at;
    return at;
  }
  // Without those of the set at its ends.
  constexpr std::string_view Trim(std::string_view text) const {
    while (!text.empty() && Has(text.front())) text.remove_prefix(1);
    while (!text.empty() && Has(text.back())) text.remove_suffix(1);
    return text;
  }

 private:
  std::array<bool, 256> in_ = {};
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_BYTE_SET_H_
