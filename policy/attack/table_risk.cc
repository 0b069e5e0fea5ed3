// SPDX-License-Identifier: Apache-2.0

#include "policy/attack/table_risk.h"

#include <algorithm>
#include <unordered_map>

#include "base/strings.h"

namespace phiwire {

DomainRisk AssessDomain(std::span<const std::string> column) {
  std::unordered_map<std::string_view, std::size_t> counts;
  DomainRisk risk;
  std::size_t top = 0;
  for (const std::string& value : column) {
    if (value.empty()) continue;
    ++risk.rows;
    top = std::max(top, ++counts[value]);
  }
  risk.distinct = counts.size();
  if (risk.rows > 0) {
    risk.top_share = static_cast<double>(top) / static_cast<double>(risk.rows);
  }
  risk.few = risk.distinct > 0 && risk.distinct < DomainRisk::kFew;
  return risk;
}

KAnonymity AssessKAnonymity(
    std::span<const std::vector<std::string>* const> columns) {
  KAnonymity result;
  result.rows = columns.front()->size();
  std::unordered_map<std::string, std::size_t> classes;
  std::string key;
  for (std::size_t row = 0; row < result.rows; ++row) {
    key.clear();
    for (const auto* column : columns) {
      // By length, so that no two rows share a key by how they join.
      const std::string& cell = (*column)[row];
      key += Concat({std::to_string(cell.size()), ":", cell});
    }
    ++classes[key];
  }
  result.classes = classes.size();
  result.least = result.rows;
  for (const auto& [unused, k] : classes) {
    result.least = std::min(result.least, k);
    if (k == 1) result.alone += k;
    if (k < 5) result.below_5 += k;
    if (k < 11) result.below_11 += k;
    const auto next =
        std::upper_bound(KAnonymity::kFrom.begin(), KAnonymity::kFrom.end(), k);
    result
        .by_k[static_cast<std::size_t>(next - KAnonymity::kFrom.begin()) - 1] +=
        k;
  }
  return result;
}

}  // namespace phiwire
