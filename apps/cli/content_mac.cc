// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/content_mac.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstddef>

namespace phiwire::cli {
namespace {

constexpr std::size_t kHexBytes = 16;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void ContentMac::Free::operator()(EVP_MAC_CTX* context) const {
  EVP_MAC_CTX_free(context);
}

ContentMac::ContentMac(ContentMac&&) noexcept = default;
ContentMac& ContentMac::operator=(ContentMac&&) noexcept = default;
ContentMac::~ContentMac() = default;

ContentMac::ContentMac(const SecretKey& key, std::string_view purpose) {
  EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  if (mac == nullptr) return;
  context_.reset(EVP_MAC_CTX_new(mac));
  EVP_MAC_free(mac);
  std::array<char, 7> digest = {'S', 'H', 'A', '2', '5', '6', '\0'};
  const std::array<OSSL_PARAM, 2> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  if (context_ == nullptr ||
      EVP_MAC_init(context_.get(), key.bytes().data(), key.bytes().size(),
                   parameters.data()) != 1) {
    context_.reset();
  }
  Add(purpose);
  Add(std::string_view("\0", 1));
}

ContentMac ContentMac::Copy() const {
  ContentMac copy;
  if (context_ != nullptr) copy.context_.reset(EVP_MAC_CTX_dup(context_.get()));
  return copy;
}

void ContentMac::Add(std::string_view bytes) {
  if (context_ == nullptr) return;
  if (EVP_MAC_update(context_.get(), Bytes(bytes), bytes.size()) != 1) {
    context_.reset();
  }
}

std::string ContentMac::Hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  if (context_ == nullptr ||
      EVP_MAC_final(context_.get(), digest.data(), &size, digest.size()) != 1) {
    return "";
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (std::size_t i = 0; i < kHexBytes && i < size; ++i) {
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

}  // namespace phiwire::cli
