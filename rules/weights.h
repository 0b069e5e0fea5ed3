// SPDX-License-Identifier: Apache-2.0
//
// The model's weights: log-odds of each group for each feature, fitted by
// `phiwire fit`. The file is text, a line a feature:
//
//   1<TAB>5f3a09c1<TAB>class-1=title<TAB>name:1.412 org:-0.208
//
// first the pass, then the key (rules/feature_key.h), the feature's name for
// readers, and the weights that are not zero. Lines beginning with # say how
// it was made. A site may edit a weight; the key is what is looked up.
//
// Immutable once read; lookups are safe from any thread.

#ifndef PHIWIRE_RULES_WEIGHTS_H_
#define PHIWIRE_RULES_WEIGHTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/groups.h"

namespace phiwire {

using GroupScores = std::array<float, kGroupCount>;

class WeightTable {
 public:
  // Rows in any order, keys distinct and not 0.
  static WeightTable Build(
      std::vector<std::pair<std::uint32_t, GroupScores>> rows);

  // Index of the key's row, or -1.
  std::int32_t Find(std::uint32_t key) const {
    std::size_t slot = key & mask_;
    while (keys_[slot] != key) {
      if (keys_[slot] == 0) return -1;
      slot = (slot + 1) & mask_;
    }
    return rows_[slot];
  }
  const GroupScores& row(std::int32_t index) const {
    return weights_[static_cast<std::size_t>(index)];
  }
  // Adds the rows of all keys to *scores; unknown keys add nothing.
  void Sum(const std::uint32_t* keys, std::size_t count,
           GroupScores* scores) const;
  std::size_t size() const { return weights_.size(); }

 private:
  std::vector<std::uint32_t> keys_ = {0};
  std::vector<std::int32_t> rows_ = {-1};
  std::vector<GroupScores> weights_;
  std::size_t mask_ = 0;
};

struct Weights {
  WeightTable first;
  WeightTable second;
};

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
