// SPDX-License-Identifier: Apache-2.0
//
// Key bytes. They lie on pages of their own that are locked in memory (as far
// as RLIMIT_MEMLOCK goes), left out of core files, and wiped before they are
// given back. A SecretKey moves, never copies; nothing prints it.

#ifndef PHIWIRE_BASE_SECRET_KEY_H_
#define PHIWIRE_BASE_SECRET_KEY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace phiwire {

class SecretKey {
 public:
  SecretKey() = default;
  // Takes the bytes over: the vector is wiped.
  explicit SecretKey(std::vector<std::uint8_t> bytes);
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  ~SecretKey();

  std::span<const std::uint8_t> bytes() const { return {data_, size_}; }

 private:
  void Release();
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t mapped_ = 0;  // bytes of whole pages; 0: none
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_SECRET_KEY_H_
