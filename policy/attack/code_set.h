// SPDX-License-Identifier: Apache-2.0
//
// Codes of a de-identified file, ready to be compared with the hashes of
// guesses: read as hexadecimal, base32 or decimal digits, whole or cut short,
// as they stand and without the four characters that phiwire's `hash` puts in
// front for the key. A code of less than 48 bits is not taken: among a
// thousand million guesses some would fit it by chance.
//
// Add all codes first; Match is then safe from any thread.

#ifndef PHIWIRE_POLICY_ATTACK_CODE_SET_H_
#define PHIWIRE_POLICY_ATTACK_CODE_SET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/keyed_hash.h"

namespace phiwire {

class CodeSet {
 public:
  CodeSet() : filter_(std::size_t{1} << kFilterBits) {}

  // False when it can't be the spelling of a hash, or is too short.
  bool Add(std::string_view code, std::uint32_t id);
  // Appends the ids of all codes that are spellings of the digest.
  void Match(const Digest& digest, std::vector<std::uint32_t>* ids) const;

 private:
  static constexpr int kFilterBits = 22;
  static constexpr int kLeastBits = 48;

  struct Prefix {
    std::uint64_t bits, mask;  // of the first 64
    std::uint32_t id;
  };

  struct Digits {
    std::string text;
    std::uint32_t id;
  };

  bool AddPrefix(std::string_view code, std::string_view alphabet,
                 int bits_each, std::uint32_t id);
  bool AddDigits(std::string_view code, std::uint32_t id);

  std::vector<bool> filter_;  // by the first kFilterBits
  std::unordered_map<std::uint64_t, std::vector<Prefix>> prefixes_;  // by 48
  // By their first 15 digits.
  std::unordered_map<std::uint64_t, std::vector<Digits>> digits_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ATTACK_CODE_SET_H_
