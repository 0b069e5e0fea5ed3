// SPDX-License-Identifier: Apache-2.0
//
// Weights of small features (rules/small_domain.h) by index: a load
// instead of a search. Made once from tables of weights by key, whose rows then
// stand side by side; immutable. About 15,000 rows of 16 bytes a table, few of
// them hot.

#ifndef PHIWIRE_RULES_SMALL_TABLE_H_
#define PHIWIRE_RULES_SMALL_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/small_domain.h"
#include "rules/weights.h"

namespace phiwire {

// The rows of all small features, by SmallPlace.
std::vector<WeightTable::Row> SmallRows(const WeightTable& weights,
                                        const FeatureContext& context);

// A row of each of so many tables, and the sums of such.
template <std::size_t kTables>
using Rows = std::array<WeightTable::Row, kTables>;

template <std::size_t kTables>
class Lanes {
 public:
  void Add(const Rows<kTables>& rows) {
    for (std::size_t t = 0; t < kTables; ++t) lanes_[t].Add(rows[t]);
  }
  SumLanes& of(std::size_t table) { return lanes_[table]; }
  Rows<kTables> rows() const {
    Rows<kTables> rows;
    for (std::size_t t = 0; t < kTables; ++t) rows[t] = lanes_[t].sums();
    return rows;
  }

 private:
  std::array<SumLanes, kTables> lanes_;
};

template <std::size_t kTables>
class SmallTable {
 public:
  SmallTable(const std::array<const WeightTable*, kTables>& weights,
             const FeatureContext& context) {
    for (std::size_t t = 0; t < kTables; ++t) {
      const std::vector<WeightTable::Row> rows =
          SmallRows(*weights[t], context);
      rows_.resize(rows.size());
      for (std::size_t r = 0; r < rows.size(); ++r) rows_[r][t] = rows[r];
    }
  }

  // first and second lie in the feature's domain.
  const Rows<kTables>& rows(Feature f, std::uint32_t first,
                            std::uint32_t second) const {
    return rows_[SmallPlace(f, first, second)];
  }

 private:
  std::vector<Rows<kTables>> rows_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SMALL_TABLE_H_
