// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/token_random.h"

#include <openssl/rand.h>

#include <array>
#include <cstdint>

namespace phiwire {

absl::StatusOr<std::string> RandomText(std::string_view alphabet,
                                       std::size_t length) {
  // Bytes from the largest multiple of the alphabet's size on are drawn again.
  const std::size_t limit = 256 / alphabet.size() * alphabet.size();
  std::string out;
  out.reserve(length);
  std::array<std::uint8_t, 64> bytes{};
  while (out.size() < length) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
      return absl::InternalError("no random bytes from OpenSSL");
    }
    for (const std::uint8_t byte : bytes) {
      if (out.size() == length) break;
      if (byte < limit) out += alphabet[byte % alphabet.size()];
    }
  }
  return out;
}

}  // namespace phiwire
