// SPDX-License-Identifier: Apache-2.0

#include "rules/small_table.h"

#include "rules/feature_key.h"

namespace phiwire {
namespace {

// Whether the first value says that there is nothing to weigh: its rows are
// zero.
bool IsNothing(Feature f, std::uint32_t first) {
  switch (f) {
    case Feature::kWordM1:
    case Feature::kWordM2:
    case Feature::kWordP1:
    case Feature::kWordP2:
      return first == kNoMark;
    case Feature::kCoverScore:
    case Feature::kCoverValid:
    case Feature::kCoverM1:
    case Feature::kCoverP1:
      return first == kNoCover;
    case Feature::kSeenCaseRatio:
      return first == kNotSeen;
    default:
      return false;
  }
}

}  // namespace

std::vector<WeightTable::Row> SmallRows(const WeightTable& weights,
                                        const FeatureContext& context) {
  std::vector<WeightTable::Row> rows(kSmallBegins.back());
  for (std::uint32_t f = 0; f < static_cast<std::uint32_t>(Feature::kCount);
       ++f) {
    const auto feature = static_cast<Feature>(f);
    const SmallDomain domain = DomainOf(feature);
    for (std::uint32_t a = 0; a < domain.first; ++a) {
      if (IsNothing(feature, a)) continue;
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
