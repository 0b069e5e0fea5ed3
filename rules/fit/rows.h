// SPDX-License-Identifier: Apache-2.0
//
// Between feature keys and dense ids: keys of examples become ids for the
// trainer, trained weights become rows of a weights file.

#ifndef PHIWIRE_RULES_FIT_ROWS_H_
#define PHIWIRE_RULES_FIT_ROWS_H_

#include <cstdint>
#include <vector>

#include "rules/context_rules.h"
#include "rules/fit/trainer.h"
#include "rules/weights.h"

namespace phiwire {

// A smaller weight is taken for none: it would change nothing that shows.
inline constexpr float kLeastWeight = 0.02f;

// Replaces the keys in examples->features by dense ids and drops those that
// occur less than least_count times. Returns the keys by id, ascending.
std::vector<std::uint32_t> Densify(std::uint32_t least_count,
                                   Examples* examples);

// Rows without a name for the features that got a weight.
void AppendRows(int pass, const std::vector<std::uint32_t>& keys,
                const std::vector<GroupScores>& weights,
                std::vector<WeightRow>* rows);

// Keys of the rules that fired at any example of the document pass, sorted.
std::vector<std::uint32_t> FiredRules(const ContextRules& rules,
                                      const Examples& second);

// A rule that fired and got no weight has a row all the same, as every
// built-in rule has: it is known to be worth nothing, so its YAML log-odds must
// not stand in. A site's rule that never fired keeps them.
void AppendRuleRows(const ContextRules& rules,
                    const std::vector<std::uint32_t>& fired,
                    std::vector<WeightRow>* rows);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_ROWS_H_
