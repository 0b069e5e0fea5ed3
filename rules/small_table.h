// SPDX-License-Identifier: Apache-2.0
//
// Weights of small features (rules/small_domain.h) by index: a load
// instead of a search. Made once from a table of weights by key; immutable.
// About 15,000 rows of 16 bytes, few of them hot.

#ifndef PHIWIRE_RULES_SMALL_TABLE_H_
#define PHIWIRE_RULES_SMALL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/small_domain.h"
#include "rules/weights.h"

namespace phiwire {

class SmallTable {
 public:
  SmallTable(const WeightTable& weights, const FeatureContext& context);

  // first and second lie in the feature's domain.
  const WeightTable::Row& row(Feature f, std::uint32_t first,
                              std::uint32_t second) const {
    return rows_[SmallPlace(f, first, second)];
  }

 private:
  std::vector<WeightTable::Row> rows_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SMALL_TABLE_H_
