// SPDX-License-Identifier: Apache-2.0

#include "base/aes.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "base/context_pool.h"

namespace phiwire {
namespace {

// Multiplication by x in GF(2^128), SP 800-38B section 6.1.
AesBlock Doubled(const AesBlock& block) {
  AesBlock out{};
  std::uint8_t carry = 0;
  for (std::size_t i = block.size(); i-- > 0;) {
    out[i] = static_cast<std::uint8_t>(block[i] << 1 | carry);
    carry = block[i] >> 7;
  }
  if (carry != 0) out.back() ^= 0x87;
  return out;
}

void Xor(const std::uint8_t* bytes, std::size_t size, AesBlock* block) {
  for (std::size_t i = 0; i < size; ++i) (*block)[i] ^= bytes[i];
}

const EVP_CIPHER* CipherOf(std::size_t key_size) {
  switch (key_size) {
    case 16:
      return EVP_aes_128_ecb();
    case 24:
      return EVP_aes_192_ecb();
    case 32:
      return EVP_aes_256_ecb();
    default:
      return nullptr;
  }
}

bool EncryptBlocks(EVP_CIPHER_CTX* context, std::span<std::uint8_t> blocks) {
  int size = 0;
  return EVP_EncryptUpdate(context, blocks.data(), &size, blocks.data(),
                           static_cast<int>(blocks.size())) == 1 &&
         size == static_cast<int>(blocks.size());
}

}  // namespace

void Aes::FreeContext::operator()(EVP_CIPHER_CTX* context) const {
  EVP_CIPHER_CTX_free(context);  // wipes the key schedule
}

class Aes::Impl {
 public:
  Context model;  // keyed; copied when the pool is empty
  ContextPool<EVP_CIPHER_CTX, FreeContext> pool;
  AesBlock whole{};  // CMAC's subkeys K1, for a whole last block, and K2
  AesBlock padded{};

  ~Impl() {
    OPENSSL_cleanse(whole.data(), whole.size());
    OPENSSL_cleanse(padded.data(), padded.size());
  }
};

Aes::Aes(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Aes::Aes(Aes&&) noexcept = default;
Aes& Aes::operator=(Aes&&) noexcept = default;
Aes::~Aes() = default;

absl::StatusOr<Aes> Aes::Create(std::span<const std::uint8_t> key) {
  const EVP_CIPHER* cipher = CipherOf(key.size());
  if (cipher == nullptr) {
    return absl::InvalidArgumentError("an AES key has 16, 24 or 32 bytes");
  }
  auto impl = std::make_unique<Impl>();
  impl->model.reset(EVP_CIPHER_CTX_new());
  if (impl->model == nullptr ||
      EVP_EncryptInit_ex(impl->model.get(), cipher, nullptr, key.data(),
                         nullptr) != 1 ||
      EVP_CIPHER_CTX_set_padding(impl->model.get(), 0) != 1) {
    return absl::InternalError("OpenSSL gives no AES");
  }
  AesBlock zero{};
  if (!EncryptBlocks(impl->model.get(), zero)) {
    return absl::InternalError("OpenSSL gives no AES");
  }
  impl->whole = Doubled(zero);
  impl->padded = Doubled(impl->whole);
  return Aes(std::move(impl));
}

Aes::Lease::Lease(const Aes& aes)
    : aes_(aes), context_(aes.impl_->pool.Take()) {
  if (context_ != nullptr) return;
  context_.reset(EVP_CIPHER_CTX_new());
  if (context_ == nullptr ||
      EVP_CIPHER_CTX_copy(context_.get(), aes.impl_->model.get()) != 1) {
    context_.reset();
  }
}

Aes::Lease::~Lease() {
  if (context_ != nullptr) aes_.impl_->pool.Return(std::move(context_));
}

bool Aes::Lease::Encrypt(std::span<std::uint8_t> blocks) const {
  return context_ != nullptr && EncryptBlocks(context_.get(), blocks);
}

bool Aes::Lease::Cmac(std::string_view message, AesBlock* tag) const {
  if (context_ == nullptr) return false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(message.data());
  std::size_t left = message.size();
  tag->fill(0);
  for (; left > tag->size(); left -= tag->size(), bytes += tag->size()) {
    Xor(bytes, tag->size(), tag);
    if (!EncryptBlocks(context_.get(), *tag)) return false;
  }
  Xor(bytes, left, tag);
  if (left == tag->size()) {
    Xor(aes_.impl_->whole.data(), tag->size(), tag);
  } else {
    (*tag)[left] ^= 0x80;
    Xor(aes_.impl_->padded.data(), tag->size(), tag);
  }
  return EncryptBlocks(context_.get(), *tag);
}

}  // namespace phiwire
