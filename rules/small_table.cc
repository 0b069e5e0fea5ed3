// SPDX-License-Identifier: Apache-2.0

#include "rules/small_table.h"

#include "rules/feature_key.h"

namespace phiwire {

SmallTable::SmallTable(const WeightTable& weights,
                       const FeatureContext& context) {
  for (std::uint32_t f = 0; f < places_.size(); ++f) {
    const SmallDomain domain = DomainOf(static_cast<Feature>(f));
    places_[f] = {static_cast<std::uint32_t>(rows_.size()), domain.second};
    for (std::uint32_t a = 0; a < domain.first; ++a) {
      for (std::uint32_t b = 0; b < domain.second; ++b) {
        const WeightTable::Row* row =
            weights.Find(FeatureKey(f, SmallValue(domain, context, a, b)));
        rows_.push_back(row == nullptr ? WeightTable::Row{} : *row);
      }
    }
  }
}

}  // namespace phiwire
