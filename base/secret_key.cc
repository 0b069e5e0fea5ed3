// SPDX-License-Identifier: Apache-2.0

#include "base/secret_key.h"

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <utility>

namespace phiwire {

SecretKey::SecretKey(std::vector<std::uint8_t> bytes) {
  if (bytes.empty()) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t mapped = (bytes.size() + page - 1) / page * page;
  void* memory = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
    throw std::bad_alloc();  // as the vector itself would
  }
  // Locking may fail over the user's limit: the key is then swappable, no more.
  static_cast<void>(::mlock(memory, mapped));
  static_cast<void>(::madvise(memory, mapped, MADV_DONTDUMP));
  data_ = static_cast<std::uint8_t*>(memory);
  size_ = bytes.size();
  mapped_ = mapped;
  std::memcpy(data_, bytes.data(), size_);
  OPENSSL_cleanse(bytes.data(), bytes.size());
}

SecretKey::SecretKey(SecretKey&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, 0)) {}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    Release();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    mapped_ = std::exchange(other.mapped_, 0);
  }
  return *this;
}

SecretKey::~SecretKey() { Release(); }

void SecretKey::Release() {
  if (data_ == nullptr) return;
  OPENSSL_cleanse(data_, size_);
  ::munmap(data_, mapped_);
}

}  // namespace phiwire
