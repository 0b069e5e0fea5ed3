// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/token_random.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <utility>

namespace phiwire {

absl::StatusOr<std::string> RandomDraw::Text(std::string_view alphabet,
                                             std::size_t length) {
  // Bytes from the largest multiple of the alphabet's size on are drawn again.
  const std::size_t limit = 256 / alphabet.size() * alphabet.size();
  std::string out;
  out.reserve(length);
  while (out.size() < length) {
    if (taken_ == bytes_.size()) {
      if (RAND_bytes(bytes_.data(), static_cast<int>(bytes_.size())) != 1) {
        return absl::InternalError("no random bytes from OpenSSL");
      }
      taken_ = 0;
    }
    const std::uint8_t byte = std::exchange(bytes_[taken_++], std::uint8_t{0});
    if (byte < limit) out += alphabet[byte % alphabet.size()];
  }
  return out;
}

RandomDraw::~RandomDraw() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

absl::StatusOr<std::string> RandomText(std::string_view alphabet,
                                       std::size_t length) {
  return RandomDraw().Text(alphabet, length);
}

}  // namespace phiwire
