// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/digit_pairs.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ascii.h"

namespace phiwire::hl7v2 {
namespace {

// Shorter runs can't be packed text (engine/embedded.h).
constexpr std::size_t kShortestPacked = 16;

enum class Kind : std::uint8_t { kOther, kPacked, kDigit, kDisguise };

constexpr auto kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (unsigned i = 0; i < kinds.size(); ++i) {
    const bool letter = (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z');
    const bool mark = i == '+' || i == '/' || i == '-' || i == '_';
    if (i >= '0' && i <= '9') {
      kinds[i] = Kind::kDigit;
    } else if (i >= 0x80 || i == '&' || i == '%' || i == '\\' || i == '=') {
      kinds[i] = Kind::kDisguise;
    } else if (letter || mark) {
      kinds[i] = Kind::kPacked;
    }
  }
  return kinds;
}();

}  // namespace

void DigitPairs::Add(std::string_view text) {
  std::size_t run = 0;
  int last = -1;
  for (std::size_t i = 0; i < text.size() && !any_; ++i) {
    const char c = text[i];
    switch (kKinds[static_cast<unsigned char>(c)]) {
      case Kind::kOther:
        run = 0;
        continue;
      case Kind::kDisguise:
        any_ = true;
        continue;
      case Kind::kDigit: {
        const int digit = c - '0';
        digits_.set(static_cast<std::size_t>(digit));
        if (last >= 0) pairs_.set(static_cast<std::size_t>(last * 10 + digit));
        last = digit;
        break;
      }
      case Kind::kPacked:
        break;
    }
    any_ = ++run >= kShortestPacked;
  }
}

bool DigitPairs::MayHold(std::string_view value) const {
  if (any_) return true;
  int last = -1;
  for (const char c : value) {
    if (!IsDigit(c)) continue;
    const int digit = c - '0';
    if (last < 0 ? !digits_.test(static_cast<std::size_t>(digit))
                 : !pairs_.test(static_cast<std::size_t>(last * 10 + digit))) {
      return false;
    }
    last = digit;
  }
  return true;
}

}  // namespace phiwire::hl7v2
