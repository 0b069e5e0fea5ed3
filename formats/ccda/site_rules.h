// SPDX-License-Identifier: Apache-2.0
//
// What a site says of places in XML, as a subset of XPath: names with "/" and
// "//" between, an attribute at the end; prefixes are ignored, "*" is any
// name.
//
//   /ClinicalDocument/recordTarget/patientRole/id/@extension
//   //assignedPerson/name        the element and all text inside it
//   //@ssn
//
// Immutable, safe from any thread; where a walk is in them is the walk's own.

#ifndef PHIWIRE_FORMATS_CCDA_SITE_RULES_H_
#define PHIWIRE_FORMATS_CCDA_SITE_RULES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/formats.h"
#include "phiwire/types.h"

namespace phiwire::ccda {

class PlaceRules {
 public:
  // kInvalidArgument names the place that is none.
  static absl::StatusOr<PlaceRules> Create(SiteRules rules);

  bool empty() const { return rules_.empty(); }

  // Which steps of each rule are done, a bit each; one a depth of the walk.
  using State = std::vector<std::uint64_t>;
  State Begin() const { return State(rules_.size(), 1); }
  // Into an element by its local name.
  void Step(const State& from, std::string_view name, State* to) const;
  // The last rule that ends at the element, at its attribute; null: none.
  const SiteRule* OfElement(const State& state) const;
  const SiteRule* OfAttribute(const State& state, std::string_view name) const;

 private:
  struct PathStep {
    bool anywhere = false;  // "//"
    std::string name;
  };
  struct Rule {
    SiteRule rule;
    std::vector<PathStep> steps;
    std::string attribute;  // without @; empty: an element
    bool anywhere = false;  // "//@ssn": the last "/" is "//"
  };
  static bool Parse(std::string_view place, Rule* rule);

  std::vector<Rule> rules_;
};

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_SITE_RULES_H_
