// SPDX-License-Identifier: Apache-2.0
//
// Small features: those with few values, whose weights stand in tables by index
// (rules/small_table.h). Which they are, and how large; known to the compiler,
// so that a place in a table is a sum of constants.

#ifndef PHIWIRE_RULES_SMALL_DOMAIN_H_
#define PHIWIRE_RULES_SMALL_DOMAIN_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "rules/features.h"
#include "rules/groups.h"
#include "rules/token_marks.h"

namespace phiwire {

// How many values the two parts of a small feature have; {0, 0} for a feature
// whose values are hashes. Small ones are looked up in tables, by index.
struct SmallDomain {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  bool classes = false;  // the first is the bit of a word class
};
constexpr SmallDomain DomainOf(Feature feature) {
  constexpr std::uint32_t kCases = 6, kKinds = 5, kGroups = kGroupCount;
  constexpr std::uint32_t kBins = 8;  // of probabilities
  switch (feature) {
    case Feature::kCase:
      return {kCases, kKinds};
    case Feature::kFirst:
    case Feature::kLast:
    case Feature::kZipf:
    case Feature::kRatio:
    case Feature::kCity:
    case Feature::kHospital:
    case Feature::kMedical:
    case Feature::kLexFlags:
    case Feature::kNearFirstM1:
    case Feature::kNearFirstP1:
    case Feature::kNearLastM1:
    case Feature::kNearLastP1:
    case Feature::kNearCityM1:
    case Feature::kNearCityP1:
      return {kLexSteps, 1};
    case Feature::kCaseRatio:
    case Feature::kCaseFirst:
    case Feature::kCaseLast:
      return {kCases, kLexSteps};
    case Feature::kCaseFlags:
      return {kCases, kLexFlagMask + 1};
    case Feature::kNearFlagsM1:
    case Feature::kNearFlagsP1:
      return {kLexFlagMask + 1, 1};
    case Feature::kNearRatioM1:
    case Feature::kNearRatioM2:
    case Feature::kNearRatioM3:
    case Feature::kNearRatioP1:
    case Feature::kNearRatioP2:
    case Feature::kNearRatioP3:
      return {kLexSteps, kCases};
    case Feature::kClass:
    case Feature::kNearClassM1:
    case Feature::kNearClassM2:
    case Feature::kNearClassM3:
    case Feature::kNearClassP1:
    case Feature::kNearClassP2:
    case Feature::kNearClassP3:
      return {64, 1, true};
    case Feature::kCaseClass:
      return {64, kCases + 1, true};
    case Feature::kWordM1:
    case Feature::kWordM2:
    case Feature::kWordP1:
    case Feature::kWordP2:
      return {kMarkCount, 1};
    case Feature::kContext:
      return {kLabelCount, 1};
    case Feature::kNearCaseM1:
    case Feature::kNearCaseP1:
      return {kNoneBeside + 1, kCases};
    case Feature::kCoverType:
      return {kNoCover + 1, 1};
    case Feature::kCoverScore:
      return {kNoCover + 1, 11};
    case Feature::kCoverValid:
      return {kNoCover + 1, 4 * kCases};
    case Feature::kCoverM1:
    case Feature::kCoverP1:
      return {kNoCover + 1, 2};
    case Feature::kLinePlace:
      return {4, kCases};
    case Feature::kLineCase:
      return {4, kCases * kLexSteps};
    case Feature::kLineFromEnd:
      return {7, kCases};
    case Feature::kDocumentCase:
      return {kCases, 11};
    case Feature::kSeenCaseRatio:
      static_assert(kNotSeen == 4 * kCases);
      return {kNotSeen + 1, kLexSteps};
    case Feature::kOwnScore:
    case Feature::kOwnBest:
      return {kGroups * kBins, 1};
    case Feature::kBestCase:
    case Feature::kElsewhereCase:
      return {kGroups * kBins, kCases};
    case Feature::kInitials:
      return {2, 2 * kCases};
    case Feature::kElsewhere:
    case Feature::kElsewhereMean:
    case Feature::kLineBest:
      return {kGroups, kGroups * kBins};
    default:
      return {};
  }
}

// Where each feature's values begin when all stand in one row, the second part
// running fastest; behind the last, how many there are.
inline constexpr auto kSmallBegins = [] {
  std::array<std::uint32_t, static_cast<std::size_t>(Feature::kCount) + 1>
      begins{};
  for (std::size_t f = 0; f + 1 < begins.size(); ++f) {
    const SmallDomain domain = DomainOf(static_cast<Feature>(f));
    begins[f + 1] = begins[f] + domain.first * domain.second;
  }
  return begins;
}();

// first and second lie in the feature's domain.
constexpr std::size_t SmallPlace(Feature f, std::uint32_t first,
                                 std::uint32_t second) {
  return kSmallBegins[static_cast<std::size_t>(f)] +
         first * DomainOf(f).second + second;
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_SMALL_DOMAIN_H_
