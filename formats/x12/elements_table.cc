// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/elements_table.h"

#include <algorithm>
#include <iterator>

#include "formats/x12/elements_table_generated.h"

namespace phiwire::x12 {

static_assert(std::is_sorted(std::begin(kSegments), std::end(kSegments),
                             [](const SegmentRules& a, const SegmentRules& b) {
                               return a.code < b.code;
                             }));

std::span<const ElementRule> RulesOf(std::uint32_t segment) {
  const auto it =
      std::lower_bound(std::begin(kSegments), std::end(kSegments), segment,
                       [](const SegmentRules& rules, std::uint32_t code) {
                         return rules.code < code;
                       });
  if (it == std::end(kSegments) || it->code != segment) return {};
  return std::span(kRules).subspan(it->first, it->count);
}

bool HasValue(const ElementRule& rule, std::uint32_t value) {
  const auto values = std::span(kValues).subspan(rule.first, rule.count);
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace phiwire::x12
