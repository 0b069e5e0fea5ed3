// SPDX-License-Identifier: Apache-2.0

#include "base/keyed_hash.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/base32.h"
#include "base/context_pool.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kDomain = "phiwire/hash/v1";

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

absl::StatusOr<Digest> HmacSha256(std::span<const std::uint8_t> key,
                                  std::string_view message) {
  Digest digest{};
  std::size_t size = 0;
  const auto* data = reinterpret_cast<const unsigned char*>(message.data());
  const unsigned char* done = EVP_Q_mac(
      nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), key.size(), data,
      message.size(), digest.data(), digest.size(), &size);
  if (done == nullptr || size != digest.size()) {
    return absl::InternalError("HMAC-SHA-256 failed");
  }
  return digest;
}

std::string FoldForHash(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (char c : value) {
    if (IsSpace(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

namespace {

struct FreeMac {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using Mac = std::unique_ptr<EVP_MAC_CTX, FreeMac>;

// Null when OpenSSL has none.
Mac KeyedMac(std::span<const std::uint8_t> key) {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  Mac context(EVP_MAC_CTX_new(hmac));
  EVP_MAC_free(hmac);  // the context holds it
  std::string digest = "SHA256";
  const std::array<OSSL_PARAM, 2> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  if (context == nullptr ||
      EVP_MAC_init(context.get(), key.data(), key.size(), params.data()) != 1) {
    return nullptr;
  }
  return context;
}

}  // namespace

class KeyedHash::Impl {
 public:
  explicit Impl(SecretKey secret) : key(std::move(secret)) {}
  SecretKey key;
  ContextPool<EVP_MAC_CTX, FreeMac> pool;
};

KeyedHash::KeyedHash(SecretKey key)
    : impl_(std::make_unique<const Impl>(std::move(key))) {}
KeyedHash::KeyedHash(KeyedHash&&) noexcept = default;
KeyedHash& KeyedHash::operator=(KeyedHash&&) noexcept = default;
KeyedHash::~KeyedHash() = default;

absl::StatusOr<Digest> KeyedHash::Hash(std::string_view type,
                                       std::string_view value) const {
  constexpr std::string_view kNul("\0", 1);
  std::string message = Concat({kDomain, kNul, type, kNul, FoldForHash(value)});
  Mac mac = impl_->pool.Take();
  const bool ready = mac != nullptr
                         ? EVP_MAC_init(mac.get(), nullptr, 0, nullptr) == 1
                         : (mac = KeyedMac(impl_->key.bytes())) != nullptr;
  Digest digest{};
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  const bool good =
      ready && EVP_MAC_update(mac.get(), bytes, message.size()) == 1 &&
      EVP_MAC_final(mac.get(), digest.data(), &size, digest.size()) == 1 &&
      size == digest.size();
  OPENSSL_cleanse(message.data(), message.size());
  if (!good) return absl::InternalError("HMAC-SHA-256 failed");
  impl_->pool.Return(std::move(mac));
  return digest;
}

absl::StatusOr<std::string> KeyedHash::Token(std::string_view type,
                                             std::string_view value,
                                             std::size_t length) const {
  if (length < kMinLength || length > kMaxLength) {
    return absl::InvalidArgumentError("hash length outside 8 to 52");
  }
  PHIWIRE_ASSIGN_OR_RETURN(const Digest digest, Hash(type, value));
  return Base32(digest).substr(0, length);
}

absl::StatusOr<std::string> KeyedHash::Digits(std::string_view type,
                                              std::string_view value,
                                              std::size_t length) const {
  if (length < 1 || length > kMaxDigits) {
    return absl::InvalidArgumentError("number of digits outside 1 to 38");
  }
  PHIWIRE_ASSIGN_OR_RETURN(const Digest digest, Hash(type, value));
  return DigitsOf(digest, length);
}

std::string DigitsOf(const Digest& digest, std::size_t length) {
  // Long division of the digest by 10^9, nine digits a round, the last first:
  // 256 bits over at most 38 digits leave a bias below 2^-129.
  constexpr std::uint64_t kRound = 1'000'000'000;
  constexpr std::size_t kRoundDigits = 9;
  std::array<std::uint32_t, 8> rest{};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    rest[i / 4] = rest[i / 4] << 8 | digest[i];
  }
  std::string out(length, '0');
  for (std::size_t at = 0; at < length;) {
    std::uint64_t remainder = 0;
    for (std::uint32_t& word : rest) {
      const std::uint64_t part = remainder << 32 | word;
      word = static_cast<std::uint32_t>(part / kRound);
      remainder = part % kRound;
    }
    const std::size_t end = std::min(length, at + kRoundDigits);
    for (; at < end; ++at, remainder /= 10) {
      out[at] = static_cast<char>('0' + remainder % 10);
    }
  }
  return out;
}

}  // namespace phiwire
