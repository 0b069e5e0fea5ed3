// SPDX-License-Identifier: Apache-2.0
//
// The classes the evidence model tells apart. Finer types (MRN or account,
// city or county) hang on labels and shapes that are read off afterwards
// (rules/span_typer.h); eight classes make one vector register of weights a
// feature, which is what the model's speed rests on.

#ifndef PHIWIRE_RULES_GROUPS_H_
#define PHIWIRE_RULES_GROUPS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "phiwire/types.h"

namespace phiwire {

enum class Group : std::uint8_t {
  kNone,
  kName,
  kDate,   // dates and ages
  kPlace,  // city, county, ZIP, other places
  kStreet,
  kOrg,      // facilities and employers
  kNumber,   // every identifier that is no contact
  kContact,  // phone, fax, e-mail, URL, IP address
};

inline constexpr std::size_t kGroupCount = 8;
inline constexpr std::array<std::string_view, kGroupCount> kGroupNames = {
    "none", "name", "date", "place", "street", "org", "number", "contact"};

constexpr Group GroupOf(PhiType type) {
  switch (type) {
    case PhiType::kName:
      return Group::kName;
    case PhiType::kDate:
    case PhiType::kAge:
      return Group::kDate;
    case PhiType::kCity:
    case PhiType::kCounty:
    case PhiType::kZip:
    case PhiType::kLocation:
      return Group::kPlace;
    case PhiType::kStreet:
      return Group::kStreet;
    case PhiType::kFacility:
    case PhiType::kEmployer:
      return Group::kOrg;
    case PhiType::kPhone:
    case PhiType::kFax:
    case PhiType::kEmail:
    case PhiType::kUrl:
    case PhiType::kIpAddress:
      return Group::kContact;
    case PhiType::kProfession:
      return Group::kNone;
    default:
      return Group::kNumber;
  }
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_GROUPS_H_
