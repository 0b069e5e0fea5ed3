// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/rows.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/strings.h"
#include "rules/features.h"

namespace phiwire {

std::vector<std::uint32_t> Densify(std::uint32_t least_count,
                                   Examples* examples) {
  std::unordered_map<std::uint32_t, std::uint32_t> counts;
  counts.reserve(1 << 20);
  for (const std::uint32_t key : examples->features) ++counts[key];
  std::vector<std::uint32_t> kept;
  std::unordered_map<std::uint32_t, std::uint32_t> ids;
  for (const auto& [key, count] : counts) {
    if (count >= least_count) kept.push_back(key);
  }
  std::sort(kept.begin(), kept.end());
  ids.reserve(kept.size());
  for (std::uint32_t k = 0; k < kept.size(); ++k) ids[kept[k]] = k;
  std::size_t out = 0, in = 0;
  for (std::size_t e = 0; e < examples->size(); ++e) {
    const std::size_t end = examples->starts[e + 1];
    for (; in < end; ++in) {
      const auto found = ids.find(examples->features[in]);
      if (found != ids.end()) examples->features[out++] = found->second;
    }
    examples->starts[e + 1] = out;
  }
  examples->features.resize(out);
  examples->features.shrink_to_fit();
  return kept;
}

void AppendRows(int pass, const std::vector<std::uint32_t>& keys,
                const std::vector<GroupScores>& weights,
                std::vector<WeightRow>* rows) {
  for (std::size_t f = 0; f < keys.size(); ++f) {
    WeightRow row{
        .pass = pass, .key = keys[f], .name = {}, .weights = weights[f]};
    bool any = false;
    for (float& w : row.weights) {
      if (w > -kLeastWeight && w < kLeastWeight) w = 0;
      any = any || w != 0;
    }
    if (any) rows->push_back(std::move(row));
  }
}

namespace {

std::uint32_t RuleKey(const ContextRules& rules, std::size_t r) {
  return FeatureKey(static_cast<std::uint32_t>(Feature::kRule), rules.hash(r));
}

}  // namespace

std::vector<std::uint32_t> FiredRules(const ContextRules& rules,
                                      const Examples& second) {
  std::unordered_set<std::uint32_t> keys;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    keys.insert(RuleKey(rules, r));
  }
  std::set<std::uint32_t> fired;
  for (const std::uint32_t key : second.features) {
    if (keys.contains(key)) fired.insert(key);
  }
  return {fired.begin(), fired.end()};
}

void AppendRuleRows(const ContextRules& rules,
                    const std::vector<std::uint32_t>& fired,
                    std::vector<WeightRow>* rows) {
  std::unordered_set<std::uint32_t> present;
  for (const WeightRow& row : *rows) {
    if (row.pass == 3) present.insert(row.key);
  }
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const std::uint32_t key = RuleKey(rules, r);
    const bool seen = r < rules.built_in() ||
                      std::binary_search(fired.begin(), fired.end(), key);
    if (seen && !present.contains(key)) {
      rows->push_back({3, key, Concat({"rule=", rules.name(r)}), {}});
    }
  }
}

}  // namespace phiwire
