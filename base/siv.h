// SPDX-License-Identifier: Apache-2.0
//
// AES-SIV (RFC 5297) by OpenSSL: authenticated, deterministic encryption. The
// same plaintext under the same key and associated data gives the same bytes,
// so equal values stay linkable; any change of a bit is detected.
//
// Threads: immutable, safe from any thread. About 2 us a short value.

#ifndef PHIWIRE_BASE_SIV_H_
#define PHIWIRE_BASE_SIV_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/context_pool.h"
#include "base/secret_key.h"

struct evp_cipher_ctx_st;  // OpenSSL's EVP_CIPHER_CTX
struct evp_cipher_st;

namespace phiwire {

class Siv {
 public:
  static constexpr std::size_t kTagBytes = 16;
  static constexpr std::size_t kKeyBytes = 64;  // AES-256-SIV

  // 32, 48 or 64 bytes: two AES keys.
  static absl::StatusOr<std::unique_ptr<const Siv>> Create(SecretKey key);
  ~Siv();

  // The tag and the ciphertext. `plaintext` must not be empty.
  absl::StatusOr<std::vector<std::uint8_t>> Seal(
      std::span<const std::string_view> associated,
      std::string_view plaintext) const;
  // kInvalidArgument when it was not sealed under this key and associated data.
  absl::StatusOr<std::string> Open(std::span<const std::string_view> associated,
                                   std::span<const std::uint8_t> sealed) const;

 private:
  struct FreeContext {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  using Context = std::unique_ptr<evp_cipher_ctx_st, FreeContext>;
  Siv() = default;
  Context Ready(bool seal, std::span<const std::string_view> associated,
                const std::uint8_t* tag) const;

  SecretKey key_;
  evp_cipher_st* cipher_ = nullptr;
  ContextPool<evp_cipher_ctx_st, FreeContext> pool_;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_SIV_H_
