// SPDX-License-Identifier: Apache-2.0
//
// The model's weights: log-odds of each group for each feature, fitted by
// `phiwire fit`. The file is text, a line a feature:
//
//   1<TAB>5f3a09c1<TAB>class-1=title<TAB>name:1.412 org:-0.208
//
// The passes are 0 (the filter: one weight, "phi", for PHI of any kind), 1 to
// 3 (rules/passes.h). First the pass, then the key (rules/feature_key.h), the
// feature's name for readers, and the weights that are not zero. Lines
// beginning with # say how it was made. A site may edit a weight; the key is
// what is looked up.
//
// Immutable once read; lookups are safe from any thread.

#ifndef PHIWIRE_RULES_WEIGHTS_H_
#define PHIWIRE_RULES_WEIGHTS_H_

#include <emmintrin.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/groups.h"

namespace phiwire {

using GroupScores = std::array<float, kGroupCount>;

// The likeliest group but "none", the first of equals. Which one it is, no
// processor can guess: so the eight are compared at once.
inline std::size_t Likeliest(const GroupScores& probabilities) {
  static_assert(kGroupCount == 8);
  const __m128 low = _mm_loadu_ps(probabilities.data());
  const __m128 high = _mm_loadu_ps(probabilities.data() + 4);
  // The first lane, of "none", has the second's.
  __m128 top =
      _mm_max_ps(_mm_shuffle_ps(low, low, _MM_SHUFFLE(3, 2, 1, 1)), high);
  top = _mm_max_ps(top, _mm_shuffle_ps(top, top, _MM_SHUFFLE(1, 0, 3, 2)));
  top = _mm_max_ps(top, _mm_shuffle_ps(top, top, _MM_SHUFFLE(2, 3, 0, 1)));
  const auto bits =
      static_cast<unsigned>(_mm_movemask_ps(_mm_cmpeq_ps(low, top)) |
                            _mm_movemask_ps(_mm_cmpeq_ps(high, top)) << 4);
  return static_cast<std::size_t>(std::countr_zero((bits & ~1U) | 0x80U));
}

// Weights of all groups side by side in 16-bit fixed point, kWeightScale to one
// unit of log-odds; sums stop at +-128, where nothing is in doubt any more.
using WeightSums = std::array<std::int16_t, kGroupCount>;
inline constexpr float kWeightScale = 256;

// The same in a register, to add rows to.
class SumLanes {
 public:
  SumLanes() : lanes_(_mm_setzero_si128()) {}
  void Add(const WeightSums& row) {
    lanes_ = _mm_adds_epi16(
        lanes_, _mm_loadu_si128(reinterpret_cast<const __m128i*>(row.data())));
  }
  WeightSums sums() const {
    WeightSums sums;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(sums.data()), lanes_);
    return sums;
  }
  // Whether the highest sum leads every other by so much.
  bool Leads(int lead) const {
    constexpr int kPairs = _MM_SHUFFLE(2, 3, 0, 1);
    __m128i top = _mm_max_epi16(lanes_, _mm_shuffle_epi32(lanes_, 0x4E));
    top = _mm_max_epi16(top, _mm_shuffle_epi32(top, 0xB1));
    top = _mm_max_epi16(
        top, _mm_shufflehi_epi16(_mm_shufflelo_epi16(top, kPairs), kPairs));
    const __m128i least =
        _mm_subs_epi16(top, _mm_set1_epi16(static_cast<std::int16_t>(lead)));
    const __m128i near = _mm_cmpgt_epi16(lanes_, least);
    const int lanes =
        _mm_movemask_epi8(_mm_packs_epi16(near, _mm_setzero_si128()));
    return (lanes & (lanes - 1)) == 0;
  }
  // In log-odds.
  GroupScores scores() const {
    const __m128i sign = _mm_srai_epi16(lanes_, 15);
    const __m128 scale = _mm_set1_ps(1.0f / kWeightScale);
    GroupScores scores;
    _mm_storeu_ps(
        scores.data(),
        _mm_mul_ps(_mm_cvtepi32_ps(_mm_unpacklo_epi16(lanes_, sign)), scale));
    _mm_storeu_ps(
        scores.data() + 4,
        _mm_mul_ps(_mm_cvtepi32_ps(_mm_unpackhi_epi16(lanes_, sign)), scale));
    return scores;
  }

 private:
  __m128i lanes_;
};

// Weights by key. A look-up compares
// the eight keys of one bucket at once and hardly ever branches: whether a
// feature is in the table is a coin toss that a processor can't predict. A key
// that finds its bucket full stands in the next one with room. Copies share
// their memory. Where a key stands is part of the image's format
// (rules/weights_image.h): a change is a new version there.
class WeightTable {
 public:
  using Row = WeightSums;
  static constexpr std::size_t kBucket = 8;

  // Rows in any order, keys distinct and not 0.
  static WeightTable Build(
      std::vector<std::pair<std::uint32_t, GroupScores>> rows);
  // One that was built before, read where it stands; owner keeps it there.
  // Nothing when the three can't be of one table.
  static std::optional<WeightTable> At(std::span<const std::uint32_t> keys,
                                       std::span<const Row> rows,
                                       std::size_t size,
                                       std::shared_ptr<const void> owner);

  // Asks for the cache line that a later Sum will need.
  void Prefetch(std::uint32_t key) const {
    __builtin_prefetch(&keys_[BucketOf(key)]);
  }
  // The key's row, or nullptr.
  const Row* Find(std::uint32_t key) const {
    for (std::size_t bucket = BucketOf(key);; bucket = NextBucket(bucket)) {
      for (std::size_t k = bucket; k < bucket + kBucket; ++k) {
        if (keys_[k] == key) return &rows_[k];
      }
      if (keys_[bucket + kBucket - 1] == 0) return nullptr;
    }
  }
  // One weight of a key, 0 when it has none.
  float Weight(std::uint32_t key, std::size_t group) const {
    const Row* row = Find(key);
    return row == nullptr
               ? 0.0f
               : static_cast<float>((*row)[group]) * (1.0f / kWeightScale);
  }
  // Adds the rows of all keys (at most kMostKeys) to *sums; unknown keys add
  // nothing.
  static constexpr std::size_t kMostKeys = 512;
  void Sum(const std::uint32_t* keys, std::size_t count, SumLanes* sums) const;
  std::size_t size() const { return size_; }
  // As they stand in memory, for the image (rules/weights_image.h).
  std::span<const std::uint32_t> keys() const { return keys_; }
  std::span<const Row> rows() const { return rows_; }

 private:
  struct Memory {
    std::vector<std::uint32_t> keys;
    std::vector<Row> rows;
  };
  static std::size_t BucketsFor(std::size_t size);
  std::size_t BucketOf(std::uint32_t key) const {
    return static_cast<std::size_t>(std::uint64_t{key} * buckets_ >> 32) *
           kBucket;
  }
  std::size_t NextBucket(std::size_t bucket) const {
    return bucket + kBucket == keys_.size() ? 0 : bucket + kBucket;
  }
  void Insert(std::uint32_t key, const GroupScores& weights, Memory* memory);

  static constexpr std::array<std::uint32_t, kBucket> kNoKeys = {};
  static constexpr std::array<Row, kBucket> kNoRows = {};
  std::span<const std::uint32_t> keys_ = kNoKeys;
  std::span<const Row> rows_ = kNoRows;
  std::shared_ptr<const void> owner_;  // of both
  std::size_t buckets_ = 1;
  std::size_t size_ = 0;
};

struct Weights {
  WeightTable filter;  // its weight stands at index 1
  // A token whose filter score is below it is dropped.
  float filter_threshold = -1e9f;
  WeightTable words;
  WeightTable whole;
  WeightTable document;
};

// The key of the row that holds filter_threshold.
inline constexpr std::uint32_t kThresholdKey = 1;

// One feature as it stands in the file.
struct WeightRow {
  int pass = 1;
  std::uint32_t key = 0;
  std::string name;
  GroupScores weights{};
};

// kInvalidArgument "FILE:LINE: what is wrong".
absl::StatusOr<Weights> ParseWeights(std::string_view text,
                                     std::string_view source);
absl::StatusOr<Weights> ReadWeights(std::string_view path);

// The file's text; comments are lines without their "# ".
std::string FormatWeights(const std::vector<WeightRow>& rows,
                          const std::vector<std::string>& comments);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_WEIGHTS_H_
