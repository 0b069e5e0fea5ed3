// SPDX-License-Identifier: Apache-2.0

#include "rules/small_table.h"

#include "rules/feature_key.h"

namespace phiwire {
namespace {

// Of which kNoMark says nothing, and its row is zero.
bool IsMark(Feature f) {
  static_assert(kNoMark == 0);
  return f == Feature::kWordM1 || f == Feature::kWordM2 ||
         f == Feature::kWordP1 || f == Feature::kWordP2;
}

}  // namespace

std::vector<WeightTable::Row> SmallRows(const WeightTable& weights,
                                        const FeatureContext& context) {
  std::vector<WeightTable::Row> rows(kSmallBegins.back());
  for (std::uint32_t f = 0; f < static_cast<std::uint32_t>(Feature::kCount);
       ++f) {
    const auto feature = static_cast<Feature>(f);
    const SmallDomain domain = DomainOf(feature);
    for (std::uint32_t a = IsMark(feature) ? 1 : 0; a < domain.first; ++a) {
      for (std::uint32_t b = 0; b < domain.second; ++b) {
        const WeightTable::Row* row =
            weights.Find(FeatureKey(f, SmallValue(domain, context, a, b)));
        if (row != nullptr) rows[SmallPlace(feature, a, b)] = *row;
      }
    }
  }
  return rows;
}

}  // namespace phiwire
