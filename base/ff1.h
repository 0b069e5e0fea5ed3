// SPDX-License-Identifier: Apache-2.0
//
// FF1 of NIST SP 800-38G: format-preserving encryption of a string of numerals,
// on OpenSSL's AES. FF3 was broken and withdrawn; it is not here.
//
// Limits: radix 2 to 256; domains below 1,000,000 are refused (SP 800-38G
// revision 1 asks for that), as are strings of which half is 2^120 and more
// (72 digits, 46 letters and digits).
//
// Threads: immutable, safe from any thread.

#ifndef PHIWIRE_BASE_FF1_H_
#define PHIWIRE_BASE_FF1_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/aes.h"

namespace phiwire {

class Ff1 {
 public:
  static constexpr std::uint64_t kLeastDomain = 1'000'000;

  // `key`: 16, 24 or 32 bytes.
  static absl::StatusOr<Ff1> Create(std::span<const std::uint8_t> key,
                                    unsigned radix);

  // In place; each numeral is below the radix. kOutOfRange when the domain is
  // too small or too large.
  absl::Status Encrypt(std::string_view tweak,
                       std::span<std::uint8_t> numerals) const {
    return Run(tweak, numerals, /*encrypt=*/true);
  }
  absl::Status Decrypt(std::string_view tweak,
                       std::span<std::uint8_t> numerals) const {
    return Run(tweak, numerals, /*encrypt=*/false);
  }

 private:
  Ff1(Aes aes, unsigned radix) : aes_(std::move(aes)), radix_(radix) {}
  absl::Status Run(std::string_view tweak, std::span<std::uint8_t> numerals,
                   bool encrypt) const;
  absl::Status CheckDomain(std::size_t size) const;

  Aes aes_;
  unsigned radix_;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_FF1_H_
