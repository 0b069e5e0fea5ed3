// SPDX-License-Identifier: Apache-2.0

#include "base/keyed_hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/base32.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kDomain = "phiwire/hash/v1";

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

SecretKey::SecretKey(std::vector<std::uint8_t> bytes)
    : bytes_(std::move(bytes)) {}

SecretKey::SecretKey(SecretKey&& other) noexcept
    : bytes_(std::exchange(other.bytes_, {})) {}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    Wipe();
    bytes_ = std::exchange(other.bytes_, {});
  }
  return *this;
}

SecretKey::~SecretKey() { Wipe(); }

void SecretKey::Wipe() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

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

absl::StatusOr<Digest> KeyedHash::Hash(std::string_view type,
                                       std::string_view value) const {
  constexpr std::string_view kNul("\0", 1);
  std::string message = Concat({kDomain, kNul, type, kNul, FoldForHash(value)});
  absl::StatusOr<Digest> digest = HmacSha256(key_.bytes(), message);
  OPENSSL_cleanse(message.data(), message.size());
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
  // Long division of the digest by 10, a digit a round: 256 bits over at most
  // 38 digits leave a bias below 2^-129.
  Digest rest = digest;
  std::string out(length, '0');
  for (char& c : out) {
    unsigned remainder = 0;
    for (std::uint8_t& byte : rest) {
      const unsigned part = remainder * 256 + byte;
      byte = static_cast<std::uint8_t>(part / 10);
      remainder = part % 10;
    }
    c = static_cast<char>('0' + remainder);
  }
  return out;
}

}  // namespace phiwire
