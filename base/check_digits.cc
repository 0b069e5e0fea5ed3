// SPDX-License-Identifier: Apache-2.0

#include "base/check_digits.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxCharacters = 36;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// The letters (as upper case) and digits of an identifier, at most
// kMaxCharacters; size 0 when there is anything else or too much of it.
class Compact {
 public:
  explicit Compact(std::string_view text) {
    for (char c : text) {
      if (c == ' ' || c == '-' || c == '.') continue;
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      if ((!IsDigit(c) && !IsUpper(c)) || size_ == kMaxCharacters) {
        size_ = 0;
        return;
      }
      all_digits_ = all_digits_ && IsDigit(c);
      chars_[size_++] = c;
    }
  }
  std::size_t size() const { return size_; }
  char at(std::size_t i) const { return chars_[i]; }
  int digit(std::size_t i) const { return chars_[i] - '0'; }
  bool digits(std::size_t count) const { return size_ == count && all_digits_; }
  bool all_digits() const { return size_ > 0 && all_digits_; }

 private:
  std::array<char, kMaxCharacters> chars_{};
  std::size_t size_ = 0;
  bool all_digits_ = true;
};

// Sum of the digits, every second one from the right (but one) doubled and
// reduced; a multiple of ten when the number holds.
int LuhnSum(const Compact& c) {
  int sum = 0;
  bool twice = false;
  for (std::size_t i = c.size(); i-- > 0; twice = !twice) {
    int d = c.digit(i);
    if (twice) d = d > 4 ? 2 * d - 9 : 2 * d;
    sum += d;
  }
  return sum;
}

// 49 CFR 565.15 table III; 0 for I, O and Q too, which may not occur.
int VinValue(char c) {
  constexpr std::string_view kValues = "12345678012345070923456789";
  return IsDigit(c) ? c - '0'
                    : kValues[static_cast<std::size_t>(c - 'A')] - '0';
}

}  // namespace

bool IsLuhn(std::string_view text) {
  const Compact c(text);
  return c.all_digits() && c.size() >= 2 && c.size() <= 30 &&
         LuhnSum(c) % 10 == 0;
}

bool IsNpi(std::string_view text) {
  const Compact c(text);
  if (!c.digits(10) || c.digit(0) < 1 || c.digit(0) > 2) return false;
  // 80840 contributes 24 to the sum of a ten-digit number behind it.
  return (LuhnSum(c) + 24) % 10 == 0;
}

bool IsDea(std::string_view text) {
  const Compact c(text);
  if (c.size() < 9) return false;
  constexpr std::string_view kRegistrants = "ABCDEFGHJKLMPRSTUX";
  if (kRegistrants.find(c.at(0)) == std::string_view::npos) return false;
  if (!IsUpper(c.at(1)) && c.at(1) != '9') return false;
  for (std::size_t i = 2; i < 9; ++i) {
    if (!IsDigit(c.at(i))) return false;
  }
  const int odd = c.digit(2) + c.digit(4) + c.digit(6);
  const int even = c.digit(3) + c.digit(5) + c.digit(7);
  return (odd + 2 * even) % 10 == c.digit(8);
}

bool IsMbi(std::string_view text) {
  const Compact c(text);
  // 9: digit; C: digit 1 to 9; A: letter; X: letter or digit.
  constexpr std::string_view kShape = "CAX9AX9AA99";
  constexpr std::string_view kExcluded = "SLOIBZ";
  if (c.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const char ch = c.at(i);
    const char kind = kShape[i];
    if (IsDigit(ch)) {
      if (kind == 'A' || (kind == 'C' && ch == '0')) return false;
    } else if (kind == '9' || kind == 'C' ||
               kExcluded.find(ch) != std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool IsVin(std::string_view text) {
  const Compact c(text);
  if (c.size() != 17) return false;
  constexpr std::array<int, 17> kWeights = {8, 7, 6, 5, 4, 3, 2, 10, 0,
                                            9, 8, 7, 6, 5, 4, 3, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    const char ch = c.at(i);
    if (ch == 'I' || ch == 'O' || ch == 'Q') return false;
    sum += VinValue(ch) * kWeights[i];
  }
  const char check = "0123456789X"[sum % 11];
  return c.at(8) == check;
}

bool IsSsn(std::string_view text) {
  const Compact c(text);
  if (!c.digits(9)) return false;
  const int area = c.digit(0) * 100 + c.digit(1) * 10 + c.digit(2);
  const bool group = c.digit(3) + c.digit(4) > 0;
  const bool serial = c.digit(5) + c.digit(6) + c.digit(7) + c.digit(8) > 0;
  return area != 0 && area != 666 && area < 900 && group && serial;
}

bool IsAba(std::string_view text) {
  const Compact c(text);
  if (!c.digits(9)) return false;
  const int district = c.digit(0) * 10 + c.digit(1);
  const bool known = district <= 12 || (district >= 21 && district <= 32) ||
                     (district >= 61 && district <= 72) || district == 80;
  int sum = 0;
  constexpr std::array<int, 3> kWeights = {3, 7, 1};
  for (std::size_t i = 0; i < 9; ++i) sum += kWeights[i % 3] * c.digit(i);
  return known && sum > 0 && sum % 10 == 0;
}

bool IsGtin(std::string_view text) {
  const Compact c(text);
  if (!c.digits(8) && !c.digits(12) && !c.digits(13) && !c.digits(14) &&
      !c.digits(18)) {
    return false;
  }
  int sum = 0;
  for (std::size_t i = c.size() - 1, weight = 3; i-- > 0; weight = 4 - weight) {
    sum += static_cast<int>(weight) * c.digit(i);
  }
  return (10 - sum % 10) % 10 == c.digit(c.size() - 1);
}

bool IsNhs(std::string_view text) {
  const Compact c(text);
  if (!c.digits(10)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    sum += (10 - static_cast<int>(i)) * c.digit(i);
  }
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == c.digit(9) && sum > 0;
}

bool IsIban(std::string_view text) {
  const Compact c(text);
  if (c.size() < 15 || c.size() > 34 || !IsUpper(c.at(0)) ||
      !IsUpper(c.at(1)) || !IsDigit(c.at(2)) || !IsDigit(c.at(3))) {
    return false;
  }
  int rest = 0;
  for (std::size_t i = 0; i < c.size(); ++i) {
    const char ch = c.at((i + 4) % c.size());
    rest = IsDigit(ch) ? (rest * 10 + (ch - '0')) % 97
                       : (rest * 100 + (ch - 'A' + 10)) % 97;
  }
  return rest == 1;
}

bool IsAuMedicare(std::string_view text) {
  // A reference number behind a slash is the card's line, not checked.
  const Compact c(text.substr(0, text.find('/')));
  if (!c.digits(10) && !c.digits(11)) return false;
  if (c.digit(0) < 2 || c.digit(0) > 6) return false;
  constexpr std::array<int, 8> kWeights = {1, 3, 7, 9, 1, 3, 7, 9};
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i) sum += kWeights[i] * c.digit(i);
  return sum % 10 == c.digit(8);
}

bool IsPaymentCard(std::string_view text) {
  const Compact c(text);
  return c.all_digits() && c.size() >= 13 && c.size() <= 19 &&
         c.digit(0) >= 2 && c.digit(0) <= 6 && LuhnSum(c) % 10 == 0;
}

}  // namespace phiwire
