// SPDX-License-Identifier: Apache-2.0

#include "base/base32.h"

namespace phiwire {

std::string Base32(std::span<const std::uint8_t> bytes) {
  std::string out;
  out.reserve((bytes.size() * 8 + 4) / 5);
  std::uint32_t buffer = 0;  // its low `bits` bits are still to be written
  int bits = 0;
  for (std::uint8_t byte : bytes) {
    buffer = ((buffer & 0x1F) << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kBase32Alphabet[(buffer >> bits) & 0x1F];
    }
  }
  if (bits > 0) out += kBase32Alphabet[(buffer << (5 - bits)) & 0x1F];
  return out;
}

std::optional<std::vector<std::uint8_t>> DecodeBase32(std::string_view text) {
  std::vector<std::uint8_t> out;
  out.reserve(text.size() * 5 / 8);
  std::uint32_t buffer = 0;  // its low `bits` bits are still to be written
  int bits = 0;
  for (const char c : text) {
    const std::size_t value = kBase32Alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer & 0x7F) << 5 | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<std::uint8_t>(buffer >> bits));
  }
  const bool rest = (buffer & ((1u << bits) - 1)) != 0;
  if (bits >= 5 || rest) return std::nullopt;
  return out;
}

}  // namespace phiwire
