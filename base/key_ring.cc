// SPDX-License-Identifier: Apache-2.0

#include "base/key_ring.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <memory>
#include <utility>

#include "base/base32.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kNul("\0", 1);
constexpr std::string_view kDomain = "phiwire/v1";
constexpr std::string_view kIdInfo = "phiwire/key-id/v1";

absl::StatusOr<std::string> IdOf(const SecretKey& key) {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey id,
                           Hkdf(key.bytes(), kIdInfo, KeyRing::kIdLength));
  return Base32(id.bytes()).substr(0, KeyRing::kIdLength);
}

}  // namespace

absl::StatusOr<SecretKey> Hkdf(std::span<const std::uint8_t> key,
                               std::string_view info, std::size_t size) {
  const std::unique_ptr<EVP_KDF, void (*)(EVP_KDF*)> kdf(
      EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, void (*)(EVP_KDF_CTX*)> context(
      EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free);
  // OpenSSL takes pointers to what it does not change as pointers to mutable.
  std::string digest = "SHA256";
  const std::array<OSSL_PARAM, 4> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY,
                                        const_cast<std::uint8_t*>(key.data()),
                                        key.size()),
      OSSL_PARAM_construct_octet_string(
          OSSL_KDF_PARAM_INFO, const_cast<char*>(info.data()), info.size()),
      OSSL_PARAM_construct_end()};
  std::vector<std::uint8_t> out(size);
  if (context == nullptr || EVP_KDF_derive(context.get(), out.data(),
                                           out.size(), params.data()) != 1) {
    return absl::InternalError("HKDF-SHA-256 failed");
  }
  return SecretKey(std::move(out));
}

absl::StatusOr<KeyRing> KeyRing::Create(SecretKey current,
                                        std::string_view tenant) {
  KeyRing ring;
  ring.tenant_ = std::string(tenant);
  PHIWIRE_RETURN_IF_ERROR(ring.AddOld(std::move(current)));
  return ring;
}

absl::Status KeyRing::AddOld(SecretKey key) {
  PHIWIRE_ASSIGN_OR_RETURN(std::string id, IdOf(key));
  if (Has(id)) {
    return absl::InvalidArgumentError(
        Concat({"the key with id ", id, " is given twice"}));
  }
  keys_.push_back({std::move(id), std::move(key)});
  return absl::OkStatus();
}

std::vector<std::string> KeyRing::ids() const {
  std::vector<std::string> out;
  for (const Entry& entry : keys_) out.push_back(entry.id);
  return out;
}

const KeyRing::Entry* KeyRing::Find(std::string_view id) const {
  for (const Entry& entry : keys_) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

absl::StatusOr<SecretKey> KeyRing::DeriveFrom(std::string_view id,
                                              std::string_view purpose,
                                              std::string_view type,
                                              std::size_t size) const {
  const Entry* entry = Find(id);
  if (entry == nullptr) {
    return absl::NotFoundError("no key of that id is given");
  }
  return Hkdf(entry->key.bytes(),
              Concat({kDomain, kNul, purpose, kNul, type, kNul, tenant_}),
              size);
}

}  // namespace phiwire
