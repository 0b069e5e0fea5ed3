// SPDX-License-Identifier: Apache-2.0
//
// Source of the rules: NANPA, https://www.nanpa.com ("NXX-NXX-XXXX", N from 2
// to 9), and ITU-T E.164 (15 digits at most).

#include <array>
#include <cstddef>

#include "recognizers/validators/validators.h"

namespace phiwire {
namespace {

struct Digits {
  std::array<char, 20> digit{};
  std::size_t size = 0;
};

Digits DigitsOf(std::string_view text) {
  Digits out;
  for (char c : text) {
    if (c < '0' || c > '9') continue;
    if (out.size == out.digit.size()) return {};
    out.digit[out.size++] = c;
  }
  return out;
}

}  // namespace

bool IsNanpPhone(std::string_view text) {
  const Digits d = DigitsOf(text);
  const std::size_t at = d.size == 11 && d.digit[0] == '1' ? 1 : 0;
  return d.size == at + 10 && d.digit[at] >= '2' && d.digit[at + 3] >= '2' &&
         !(d.digit[at + 1] == '1' && d.digit[at + 2] == '1');
}

bool IsLocalPhone(std::string_view text) {
  const Digits d = DigitsOf(text);
  return d.size == 7 && d.digit[0] >= '2';
}

bool IsInternationalPhone(std::string_view text) {
  const Digits d = DigitsOf(text);
  return !text.empty() && text[0] == '+' && d.size >= 8 && d.size <= 15 &&
         d.digit[0] != '0';
}

bool IsTrunkPhone(std::string_view text) {
  const Digits d = DigitsOf(text);
  return d.size >= 9 && d.size <= 12 && d.digit[0] == '0' && d.digit[1] != '0';
}

}  // namespace phiwire
