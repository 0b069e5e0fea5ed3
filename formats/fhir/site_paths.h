// SPDX-License-Identifier: Apache-2.0
//
// Places of site rules, in the part of FHIRPath that configurations of
// anonymizers are written in:
//
//   Patient.name.family            and all below, for objects
//   Observation.value              every value[x]
//   Resource.id                    of any resource (DomainResource too)
//   HumanName.period               of any name
//   Patient.extension('http://u')  by url; .value and the like may follow
//   nodesByType('Address').country
//   nodesByName('div')
//
// What stands in round brackets as a whole is read without them. Functions,
// unions and indexes are refused, as is an element that R4 doesn't have.
// Immutable, safe from any thread.

#ifndef PHIWIRE_FORMATS_FHIR_SITE_PATHS_H_
#define PHIWIRE_FORMATS_FHIR_SITE_PATHS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/fhir/elements.h"
#include "phiwire/types.h"

namespace phiwire::fhir {

// One step from a resource down to a value.
struct Step {
  std::string_view name;
  TypeId type = kNoType;      // of objects
  Leaf leaf = Leaf::kType;    // of others
  std::string_view url = {};  // of an extension
};

class SitePaths {
 public:
  // kInvalidArgument, naming the place, when it is none of FHIR.
  static absl::StatusOr<SitePaths> Create(std::span<const SiteRule> rules);

  bool empty() const { return places_.empty(); }
  // The first rule for the last of the steps; null: none. steps[0] is the
  // resource, by its type.
  const SiteRule* Find(std::span<const Step> steps) const;

 private:
  struct Segment {
    std::string name;
    std::string url;  // of extension('url')
  };
  enum class From : std::uint8_t { kResource, kAnyResource, kType, kName };
  struct Place {
    From from = From::kResource;
    std::string head;
    std::vector<Segment> segments;
    SiteRule rule;
  };
  class Parser;

  static bool Fits(const Segment& segment, const Step& step);
  static bool FitsHead(const Place& place, const Step& step, bool first);
  static bool Fits(const Place& place, std::span<const Step> steps);

  std::vector<Place> places_;
};

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_SITE_PATHS_H_
