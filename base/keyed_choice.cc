// SPDX-License-Identifier: Apache-2.0

#include "base/keyed_choice.h"

#include <cstring>
#include <utility>

#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::size_t kKeySize = 32;

__extension__ using Wide = unsigned __int128;

std::uint64_t Mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

}  // namespace

class KeyedChoice::Impl {
 public:
  Impl(Aes tag_cipher, Aes stream_cipher)
      : tag(std::move(tag_cipher)), stream(std::move(stream_cipher)) {}
  Aes tag;
  Aes stream;
};

KeyedChoice::KeyedChoice(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
KeyedChoice::KeyedChoice(KeyedChoice&&) noexcept = default;
KeyedChoice& KeyedChoice::operator=(KeyedChoice&&) noexcept = default;
KeyedChoice::~KeyedChoice() = default;

absl::StatusOr<KeyedChoice> KeyedChoice::Create(const KeyRing& ring,
                                                std::string_view purpose,
                                                std::string_view type) {
  return CreateFrom(ring, ring.current_id(), purpose, type);
}

absl::StatusOr<KeyedChoice> KeyedChoice::CreateFrom(const KeyRing& ring,
                                                    std::string_view id,
                                                    std::string_view purpose,
                                                    std::string_view type) {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey key,
                           ring.DeriveFrom(id, purpose, type, 2 * kKeySize));
  PHIWIRE_ASSIGN_OR_RETURN(Aes tag, Aes::Create(key.bytes().first(kKeySize)));
  PHIWIRE_ASSIGN_OR_RETURN(Aes stream, Aes::Create(key.bytes().last(kKeySize)));
  return KeyedChoice(std::make_unique<Impl>(std::move(tag), std::move(stream)));
}

absl::StatusOr<AesBlock> KeyedChoice::Tag(std::string_view value) const {
  AesBlock tag{};
  if (!Aes::Lease(impl_->tag).Cmac(value, &tag)) {
    return absl::InternalError("AES failed");
  }
  return tag;
}

absl::StatusOr<KeyedChoice::Stream> KeyedChoice::For(
    std::string_view value) const {
  PHIWIRE_ASSIGN_OR_RETURN(const AesBlock tag, Tag(value));
  // The counter is the tag's second half plus 0 to 7.
  std::array<std::uint64_t, Stream::kNumbers> numbers{};
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, tag.data(), sizeof high);
  std::memcpy(&low, tag.data() + sizeof high, sizeof low);
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    numbers[i] = high;
    numbers[i + 1] = low + i / 2;
  }
  auto* bytes = reinterpret_cast<std::uint8_t*>(numbers.data());
  if (!Aes::Lease(impl_->stream).Encrypt({bytes, sizeof numbers})) {
    return absl::InternalError("AES failed");
  }
  Stream stream;
  stream.numbers_ = numbers;
  return stream;
}

std::uint64_t KeyedChoice::Stream::Next() {
  if (used_ < kNumbers) return numbers_[used_++];
  std::uint64_t& number = numbers_[used_++ % kNumbers];
  return number = Mixed(number);
}

std::uint64_t KeyedChoice::Stream::Below(std::uint64_t n) {
  const std::uint64_t least = (0 - n) % n;  // 2^64 mod n
  for (;;) {
    const Wide product = static_cast<Wide>(Next()) * n;
    if (static_cast<std::uint64_t>(product) >= least) {
      return static_cast<std::uint64_t>(product >> 64);
    }
  }
}

}  // namespace phiwire
