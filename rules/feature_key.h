// SPDX-License-Identifier: Apache-2.0
//
// Names of the model's features. A feature is a template ("the word before")
// and a value ("dr"); in a weights file it is written TEMPLATE=VALUE
// ("w-1=dr"), in memory it is a 32-bit key. Both are made from the same calls
// (rules/features.h), so that what explain prints is what was added up.
//
// 32 bits: with 10^5 features in the table, a feature that is not in it is
// taken for one that is about once in 40,000 look-ups.

#ifndef PHIWIRE_RULES_FEATURE_KEY_H_
#define PHIWIRE_RULES_FEATURE_KEY_H_

#include <cstdint>

namespace phiwire {

// The key of a value under a template; the two hashes are well mixed because
// values are often small numbers.
constexpr std::uint32_t FeatureKey(std::uint32_t feature_template,
                                   std::uint32_t value) {
  std::uint64_t h = (std::uint64_t{feature_template} << 32) | value;
  h *= 0x9E3779B97F4A7C15ull;
  h ^= h >> 29;
  h *= 0xBF58476D1CE4E5B9ull;
  const auto key = static_cast<std::uint32_t>(h >> 32);
  return key + (key == 0 ? 1 : 0);
}

constexpr std::uint32_t MixValues(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t low = b * 0x85EBCA6Bu;
  return static_cast<std::uint32_t>(
      ((std::uint64_t{a} * 0x9E3779B97F4A7C15ull) >> 32) ^ low);
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURE_KEY_H_
