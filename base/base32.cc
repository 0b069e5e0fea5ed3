// SPDX-License-Identifier: Apache-2.0

#include "base/base32.h"

namespace phiwire {

std::string Base32(std::span<const std::uint8_t> bytes) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  out.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t buffer = 0;  // its low `bits` bits are still to be written
  int bits = 0;
  for (std::uint8_t byte : bytes) {
    buffer = ((buffer & 0x1F) << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kAlphabet[(buffer >> bits) & 0x1F];
    }
  }
  if (bits > 0) out += kAlphabet[(buffer << (5 - bits)) & 0x1F];
  return out;
}

}  // namespace phiwire
