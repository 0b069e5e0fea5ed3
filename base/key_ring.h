// SPDX-License-Identifier: Apache-2.0
//
// The keys of a site: the one that is used now and older ones that what was
// made with them can still be resolved by. Nothing uses a key itself: each use
// derives its own by HKDF-SHA-256 (RFC 5869) with the info
// "phiwire/v1" NUL purpose NUL type NUL tenant, so that two purposes, types or
// tenants have nothing in common. (Hash tokens, HKDF's elder, derive in
// base/keyed_hash.h.)
//
// A key's id is eight base32 characters of a derivation of its own: it names
// the key in outputs and audit records and tells nothing of it.
//
// Threads: immutable once filled; safe from any thread.
//
//   KeyRing ring(*std::move(key), "clinic-7");
//   ring.AddOld(*std::move(last_years));
//   auto key = ring.Derive("surrogate", "NAME");

#ifndef PHIWIRE_BASE_KEY_RING_H_
#define PHIWIRE_BASE_KEY_RING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/keyed_hash.h"

namespace phiwire {

// HKDF-SHA-256 without salt; at most 255 * 32 bytes.
absl::StatusOr<SecretKey> Hkdf(std::span<const std::uint8_t> key,
                               std::string_view info, std::size_t size);

class KeyRing {
 public:
  static constexpr std::size_t kIdLength = 8;
  static constexpr std::size_t kDerivedBytes = 32;

  static absl::StatusOr<KeyRing> Create(SecretKey current,
                                        std::string_view tenant = {});
  // kInvalidArgument when it is on the ring already.
  absl::Status AddOld(SecretKey key);

  const std::string& current_id() const { return keys_.front().id; }
  // The current one first.
  std::vector<std::string> ids() const;
  bool Has(std::string_view id) const { return Find(id) != nullptr; }

  // A key for one purpose ("surrogate") and type ("NAME", or "" when types
  // share it). `size` bytes, 32 unless given.
  absl::StatusOr<SecretKey> Derive(std::string_view purpose,
                                   std::string_view type,
                                   std::size_t size = kDerivedBytes) const {
    return DeriveFrom(current_id(), purpose, type, size);
  }
  // From the key of that id; kNotFound when it is not on the ring.
  absl::StatusOr<SecretKey> DeriveFrom(std::string_view id,
                                       std::string_view purpose,
                                       std::string_view type,
                                       std::size_t size = kDerivedBytes) const;

 private:
  struct Entry {
    std::string id;
    SecretKey key;
  };
  KeyRing() = default;
  const Entry* Find(std::string_view id) const;

  std::vector<Entry> keys_;
  std::string tenant_;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_KEY_RING_H_
