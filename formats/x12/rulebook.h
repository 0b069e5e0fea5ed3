// SPDX-License-Identifier: Apache-2.0
//
// Which rule counts for an element: a site's, then the table's, then "scanned".
// Places are spelled "NM1-03", "SV1-01.7" and, for one value of the segment's
// first element, "NM1[IL]-03". Immutable, safe from any thread.

#ifndef PHIWIRE_FORMATS_X12_RULEBOOK_H_
#define PHIWIRE_FORMATS_X12_RULEBOOK_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/x12/elements_table.h"
#include "formats/x12/people.h"
#include "phiwire/types.h"

namespace phiwire::x12 {

struct Decision {
  Action action = Action::kText;
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  bool short_year = false;
  bool known = true;  // some rule names the place
};

class Rulebook {
 public:
  // kInvalidArgument naming the place that is none.
  static absl::StatusOr<Rulebook> Create(std::span<const SiteRule> site);

  // `component` is 0 for a whole element.
  Decision Decide(std::uint32_t segment, std::span<const ElementRule> rules,
                  Elements elements, std::size_t element,
                  std::size_t component) const;

  // Whether some rule looks into the components of the element.
  bool HasComponents(std::uint32_t segment, std::span<const ElementRule> rules,
                     std::size_t element) const;

 private:
  struct Place {
    std::uint32_t segment = 0;
    std::uint32_t qualifier = 0;  // 0: any
    std::size_t element = 0;
    std::size_t component = 0;  // 0: all of it
    Decision decision;
  };
  static absl::StatusOr<Place> ReadPlace(const SiteRule& rule);

  std::vector<Place> site_;  // the last of equals first
};

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_RULEBOOK_H_
