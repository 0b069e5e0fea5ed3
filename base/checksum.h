// SPDX-License-Identifier: Apache-2.0
//
// A checksum at the speed of memory: tells a damaged file, or an image made
// from another text, from the right one. Against accidents, not against an
// attacker. Part of the formats of base/image.h: a change here is a new
// version there.

#ifndef PHIWIRE_BASE_CHECKSUM_H_
#define PHIWIRE_BASE_CHECKSUM_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace phiwire {

// The scheme of XXH3's long hash, simplified: eight sums of products of what
// the halves of each word and a key say, the key another for every 64 bytes;
// compilers make vector instructions of it.
inline std::uint64_t Checksum(std::string_view bytes) {
  constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15u;
  constexpr std::uint64_t kStep = 0xD6E8FEB86659FD93u;
  constexpr std::uint64_t kLow = 0xFFFFFFFFu;
  std::array<std::uint64_t, 8> sums = {};
  std::array<std::uint64_t, 8> plain = {};
  std::array<std::uint64_t, 8> keys;
  std::array<std::uint64_t, 8> words;
  for (std::size_t k = 0; k < keys.size(); ++k) keys[k] = (k + 1) * kPrime;
  for (std::size_t i = 0; i < bytes.size(); i += sizeof words) {
    const std::size_t n = std::min(bytes.size() - i, sizeof words);
    if (n < sizeof words) words.fill(0);
    std::memcpy(words.data(), bytes.data() + i, n);
    for (std::size_t k = 0; k < sums.size(); ++k) {
      const std::uint64_t mixed = words[k] ^ keys[k];
      sums[k] += (mixed & kLow) * (mixed >> 32);
      // Apart, for the word that meets its key and has no product.
      plain[k] += words[k];
      keys[k] += kStep;
    }
  }
  std::uint64_t total = bytes.size();
  const auto fold = [&total](std::uint64_t sum) {
    total = (total ^ sum ^ (sum >> 29)) * kPrime;
    total ^= total >> 32;
  };
  std::for_each(sums.begin(), sums.end(), fold);
  std::for_each(plain.begin(), plain.end(), fold);
  return total;
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_CHECKSUM_H_
