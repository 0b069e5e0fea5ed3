// SPDX-License-Identifier: Apache-2.0
//
// Keyed hashing: the same value of the same type under the same key always
// gives the same token, and nobody without the key can tell the value, try
// all Social Security numbers, or link two keys' tokens. HMAC-SHA-256 by
// OpenSSL; the message is "phiwire/hash/v1" NUL type NUL folded value, so a
// token of one type never matches another type's, nor another use of the key.
//
// Values are folded first: ASCII letters to lower case, every run of ASCII
// white space to one space, none at the ends. "DOE,  John" and "Doe, John"
// link. Nothing else is folded (accents, punctuation, word order).
//
// Threads: a KeyedHash is immutable and safe from any thread. The key is wiped
// from memory when it goes. An HMAC is "derived from" the value, so it is not
// Safe Harbor's code (45 CFR 164.514(c)): docs/anonymizers.md.
//
//   PHIWIRE_ASSIGN_OR_RETURN(SecretKey key, ReadKeyFile("site.key"));
//   KeyedHash hash(std::move(key));
//   PHIWIRE_ASSIGN_OR_RETURN(std::string t, hash.Token("SSN", "078-05-1120"));

#ifndef PHIWIRE_BASE_KEYED_HASH_H_
#define PHIWIRE_BASE_KEYED_HASH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/secret_key.h"

namespace phiwire {

using Digest = std::array<std::uint8_t, 32>;

// RFC 2104 with SHA-256. kInternal when OpenSSL fails.
absl::StatusOr<Digest> HmacSha256(std::span<const std::uint8_t> key,
                                  std::string_view message);

// The folding of values, as above.
std::string FoldForHash(std::string_view value);

// `length` decimal digits (at most 38) of a digest, all but uniform.
std::string DigitsOf(const Digest& digest, std::size_t length);

class KeyedHash {
 public:
  // Characters of a base32 token: 16 are 80 bits; of 10^9 distinct values two
  // share one with probability 4e-7. 52 are all 256 bits.
  static constexpr std::size_t kMinLength = 8;
  static constexpr std::size_t kDefaultLength = 16;
  static constexpr std::size_t kMaxLength = 52;
  static constexpr std::size_t kMaxDigits = 38;  // below 2^128

  explicit KeyedHash(SecretKey key);
  KeyedHash(KeyedHash&&) noexcept;
  KeyedHash& operator=(KeyedHash&&) noexcept;
  ~KeyedHash();

  absl::StatusOr<Digest> Hash(std::string_view type,
                              std::string_view value) const;
  // The first `length` base32 characters, length within the limits above.
  absl::StatusOr<std::string> Token(std::string_view type,
                                    std::string_view value,
                                    std::size_t length = kDefaultLength) const;
  // `length` decimal digits (1 to kMaxDigits), for slots that take digits only.
  absl::StatusOr<std::string> Digits(std::string_view type,
                                     std::string_view value,
                                     std::size_t length) const;

 private:
  class Impl;
  std::unique_ptr<const Impl> impl_;  // HMAC contexts, keyed once
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_KEYED_HASH_H_
