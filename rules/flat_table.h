// SPDX-License-Identifier: Apache-2.0
//
// A hash table that is filled once and then only read: open addressing, keys
// and values in two arrays, so that a probe for an absent key touches one
// cache line. Keys are hashes already and must not be 0. Reading is safe from
// any thread. 8 + sizeof(Value) bytes a slot, two to four slots a key.

#ifndef PHIWIRE_RULES_FLAT_TABLE_H_
#define PHIWIRE_RULES_FLAT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace phiwire {

// Spreads the bits of a key (the finaliser of SplitMix64).
constexpr std::uint64_t MixBits(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

template <class Value>
class FlatTable {
 public:
  FlatTable() : keys_(2), values_(2) {}

  // The value of a key, made when it is new.
  Value& Insert(std::uint64_t key) {
    if (2 * (used_ + 1) > keys_.size()) Grow();
    const std::size_t slot = SlotOf(key);
    if (keys_[slot] == 0) {
      keys_[slot] = key;
      ++used_;
    }
    return values_[slot];
  }

  const Value* Find(std::uint64_t key) const {
    const std::size_t slot = SlotOf(key);
    return keys_[slot] == 0 ? nullptr : &values_[slot];
  }

  std::size_t size() const { return used_; }
  std::size_t bytes() const {
    return keys_.size() * (sizeof(std::uint64_t) + sizeof(Value));
  }

 private:
  std::size_t SlotOf(std::uint64_t key) const {
    const std::size_t mask = keys_.size() - 1;
    std::size_t slot = MixBits(key) & mask;
    while (keys_[slot] != 0 && keys_[slot] != key) slot = (slot + 1) & mask;
    return slot;
  }

  void Grow() {
    std::vector<std::uint64_t> keys(keys_.size() * 2);
    std::vector<Value> values(keys.size());
    keys.swap(keys_);
    values.swap(values_);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == 0) continue;
      const std::size_t slot = SlotOf(keys[i]);
      keys_[slot] = keys[i];
      values_[slot] = std::move(values[i]);
    }
  }

  std::vector<std::uint64_t> keys_;
  std::vector<Value> values_;
  std::size_t used_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FLAT_TABLE_H_
