// SPDX-License-Identifier: Apache-2.0
//
// Site rules for JSON of any shape: a place is the name of a member, wherever
// it stands ("ward"), or its whole path from the record's root, without the
// indexes of arrays ("patient.contact.ward"). The first rule that fits counts,
// for the member and all it holds.
//
// Immutable, safe from any thread.

#ifndef PHIWIRE_FORMATS_JSON_SITE_PLACES_H_
#define PHIWIRE_FORMATS_JSON_SITE_PLACES_H_

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/types.h"

namespace phiwire::json {

class SitePlaces {
 public:
  // kInvalidArgument for a place without a name.
  static absl::StatusOr<SitePlaces> Create(std::span<const SiteRule> rules);

  bool empty() const { return rules_.empty(); }
  // Null: none fits. `path` ends with `name`.
  const SiteRule* Find(std::string_view path, std::string_view name) const;

 private:
  std::vector<SiteRule> rules_;
};

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_SITE_PLACES_H_
