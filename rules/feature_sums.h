// SPDX-License-Identifier: Apache-2.0
//
// Where extractors (rules/features_inl.h) put what they find when it is to be
// summed: keys to be looked up later, all at once, and rows of small features
// added right away. One thread's.

#ifndef PHIWIRE_RULES_FEATURE_SUMS_H_
#define PHIWIRE_RULES_FEATURE_SUMS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "rules/feature_key.h"
#include "rules/small_table.h"
#include "rules/weights.h"

namespace phiwire {

// Keys of one token's features, or of all parts of a new word's: below 400 even
// of a word in 64 classes, so a fixed buffer. What did not fit would be left
// out.
class KeyBuffer {
 public:
  void clear() { size_ = 0; }
  void Add(std::uint32_t key) {
    keys_[size_] = key;
    size_ += size_ + 1 < keys_.size() ? 1 : 0;
  }
  const std::uint32_t* data() const { return keys_.data(); }
  std::size_t size() const { return size_; }

 private:
  std::array<std::uint32_t, WeightTable::kMostKeys> keys_;
  std::size_t size_ = 0;
};

// Gathers keys for a table, and asks for the cache lines they will need.
struct KeySink {
  KeyBuffer* keys;
  const WeightTable* table;
  template <class Describe>
  [[gnu::always_inline]] void Add(Feature f, std::uint32_t value, Describe) {
    const std::uint32_t key = FeatureKey(static_cast<std::uint32_t>(f), value);
    table->Prefetch(key);
    keys->Add(key);
  }
};

// Small features go into the sum at once.
template <std::size_t kTables>
struct SumSink {
  const SmallTable<kTables>* small;
  KeySink keys;
  Lanes<kTables> sums;
  [[gnu::always_inline]] void Small(Feature f, std::uint32_t a,
                                    std::uint32_t b) {
    sums.Add(small->rows(f, a, b));
  }
  template <class Describe>
  [[gnu::always_inline]] void Add(Feature f, std::uint32_t value,
                                  Describe describe) {
    keys.Add(f, value, describe);
  }
};

// Of two tables side by side.
inline constexpr std::size_t kWords = 0, kWhole = 1;

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURE_SUMS_H_
