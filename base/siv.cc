// SPDX-License-Identifier: Apache-2.0

#include "base/siv.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "absl/status/status.h"

namespace phiwire {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

void Siv::FreeContext::operator()(EVP_CIPHER_CTX* context) const {
  EVP_CIPHER_CTX_free(context);
}

Siv::~Siv() { EVP_CIPHER_free(cipher_); }

absl::StatusOr<std::unique_ptr<const Siv>> Siv::Create(SecretKey key) {
  const char* name = nullptr;
  switch (key.bytes().size()) {
    case 32:
      name = "AES-128-SIV";
      break;
    case 48:
      name = "AES-192-SIV";
      break;
    case 64:
      name = "AES-256-SIV";
      break;
    default:
      return absl::InvalidArgumentError("an AES-SIV key has 32 to 64 bytes");
  }
  auto siv = std::unique_ptr<Siv>(new Siv());
  siv->key_ = std::move(key);
  siv->cipher_ = EVP_CIPHER_fetch(nullptr, name, nullptr);
  if (siv->cipher_ == nullptr) {
    return absl::InternalError("OpenSSL gives no AES-SIV");
  }
  return std::unique_ptr<const Siv>(std::move(siv));
}

Siv::Context Siv::Ready(bool seal, std::span<const std::string_view> associated,
                        const std::uint8_t* tag) const {
  Context context(pool_.Take());
  if (context == nullptr) context.reset(EVP_CIPHER_CTX_new());
  if (context == nullptr ||
      EVP_CipherInit_ex2(context.get(), cipher_, key_.bytes().data(), nullptr,
                         seal ? 1 : 0, nullptr) != 1) {
    return nullptr;
  }
  if (tag != nullptr &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes,
                          const_cast<std::uint8_t*>(tag)) != 1) {
    return nullptr;
  }
  for (const std::string_view part : associated) {
    int size = 0;
    if (EVP_CipherUpdate(context.get(), nullptr, &size, Bytes(part),
                         static_cast<int>(part.size())) != 1) {
      return nullptr;
    }
  }
  return context;
}

absl::StatusOr<std::vector<std::uint8_t>> Siv::Seal(
    std::span<const std::string_view> associated,
    std::string_view plaintext) const {
  if (plaintext.empty()) {
    return absl::InvalidArgumentError("nothing to seal");
  }
  Context context = Ready(true, associated, nullptr);
  std::vector<std::uint8_t> out(kTagBytes + plaintext.size());
  int size = 0;
  int more = 0;
  if (context == nullptr ||
      EVP_EncryptUpdate(context.get(), out.data() + kTagBytes, &size,
                        Bytes(plaintext),
                        static_cast<int>(plaintext.size())) != 1 ||
      EVP_EncryptFinal_ex(context.get(), out.data() + kTagBytes + size,
                          &more) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes,
                          out.data()) != 1) {
    return absl::InternalError("AES-SIV failed");
  }
  pool_.Return(std::move(context));
  return out;
}

absl::StatusOr<std::string> Siv::Open(
    std::span<const std::string_view> associated,
    std::span<const std::uint8_t> sealed) const {
  const absl::Status bad =
      absl::InvalidArgumentError("not sealed under this key, or changed since");
  if (sealed.size() <= kTagBytes) return bad;
  Context context = Ready(false, associated, sealed.data());
  if (context == nullptr) return absl::InternalError("AES-SIV failed");
  std::string out(sealed.size() - kTagBytes, '\0');
  int size = 0;
  if (EVP_DecryptUpdate(
          context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
          sealed.data() + kTagBytes, static_cast<int>(out.size())) != 1) {
    OPENSSL_cleanse(out.data(), out.size());
    ERR_clear_error();
    return bad;
  }
  pool_.Return(std::move(context));
  return out;
}

}  // namespace phiwire
