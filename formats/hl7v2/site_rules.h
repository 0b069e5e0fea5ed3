// SPDX-License-Identifier: Apache-2.0
//
// What a site's policy says of places in HL7 v2 messages, before the table:
//   PID-5   PID-5.1   PID-5.1.2   ZPI-4.2   ZX* (segments by their front)
// Of the rules that match a leaf the one that says most of its place counts,
// of equals the last. MSH-1 and MSH-2 are no places.
//
// Immutable, safe from any thread.

#ifndef PHIWIRE_FORMATS_HL7V2_SITE_RULES_H_
#define PHIWIRE_FORMATS_HL7V2_SITE_RULES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/field.h"
#include "phiwire/types.h"

namespace phiwire::hl7v2 {

class SiteTable {
 public:
  struct Rule {
    std::string segment;  // "PID", or the front of it when `front`
    bool front = false;
    int field = 0;  // 0: any
    int component = 0;
    int subcomponent = 0;
    SiteRule::As as = SiteRule::As::kText;
    PhiType type = PhiType::kId;
  };

  SiteTable() = default;
  // kInvalidArgument naming a place that is none.
  static absl::StatusOr<SiteTable> Create(std::span<const SiteRule> rules);

  bool empty() const { return rules_.empty(); }
  // Null: none says anything of the leaf.
  const Rule* Find(std::string_view segment, int field, int component,
                   int subcomponent) const;

 private:
  std::vector<Rule> rules_;  // what comes first counts
};

// How a slot of a type is written in HL7.
SlotGrammar GrammarOf(PhiType type);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_SITE_RULES_H_
