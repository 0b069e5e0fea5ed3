// SPDX-License-Identifier: Apache-2.0

#include "formats/json/site_places.h"

#include "base/strings.h"

namespace phiwire::json {

absl::StatusOr<SitePlaces> SitePlaces::Create(std::span<const SiteRule> rules) {
  SitePlaces out;
  for (const SiteRule& rule : rules) {
    const std::string_view place = rule.place;
    if (place.empty() || place.front() == '.' || place.back() == '.' ||
        place.find("..") != std::string_view::npos) {
      return absl::InvalidArgumentError(
          Concat({"\"", place,
                  "\" is no member of JSON: write name or path.to.name"}));
    }
    out.rules_.push_back(rule);
  }
  return out;
}

const SiteRule* SitePlaces::Find(std::string_view path,
                                 std::string_view name) const {
  for (const SiteRule& rule : rules_) {
    if (rule.place == name || rule.place == path) return &rule;
  }
  return nullptr;
}

}  // namespace phiwire::json
