// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/site_rules.h"

#include <utility>

#include "base/strings.h"
#include "formats/xml/parser.h"

namespace phiwire::ccda {
namespace {

constexpr std::size_t kMaxSteps = 60;  // State has a bit a step

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

// "*" or a name; its prefix is taken off.
bool TakeName(std::string_view* place, std::string* name) {
  if (place->starts_with("*")) {
    place->remove_prefix(1);
    name->assign(1, '*');
    return true;
  }
  std::size_t size = 0;
  while (size < place->size() && IsNameCharacter((*place)[size])) ++size;
  *name = std::string(xml::LocalName(place->substr(0, size)));
  place->remove_prefix(size);
  return !name->empty();
}

bool Matches(const std::string& pattern, std::string_view name) {
  return pattern == "*" || pattern == name;
}

}  // namespace

bool PlaceRules::Parse(std::string_view place, Rule* rule) {
  if (!place.starts_with("/")) return false;
  while (!place.empty()) {
    if (!place.starts_with("/") || rule->steps.size() > kMaxSteps) return false;
    place.remove_prefix(1);
    const bool anywhere = place.starts_with("/");
    if (anywhere) place.remove_prefix(1);
    if (place.starts_with("@")) {
      place.remove_prefix(1);
      rule->anywhere = anywhere;
      return TakeName(&place, &rule->attribute) && place.empty() &&
             (anywhere || !rule->steps.empty());
    }
    PathStep step;
    step.anywhere = anywhere;
    if (!TakeName(&place, &step.name)) return false;
    rule->steps.push_back(std::move(step));
  }
  return !rule->steps.empty();
}

absl::StatusOr<PlaceRules> PlaceRules::Create(SiteRules rules) {
  PlaceRules out;
  for (const SiteRule& site : rules) {
    Rule rule;
    rule.rule = site;
    if (!Parse(site.place, &rule)) {
      return absl::InvalidArgumentError(
          Concat({"\"", site.place, "\" is no place in XML: write it as ",
                  "/ClinicalDocument/id/@extension or //name"}));
    }
    out.rules_.push_back(std::move(rule));
  }
  return out;
}

void PlaceRules::Step(const State& from, std::string_view name,
                      State* to) const {
  to->assign(rules_.size(), 0);
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const Rule& rule = rules_[r];
    for (std::size_t i = 0; i <= rule.steps.size(); ++i) {
      if ((from[r] >> i & 1) == 0) continue;
      if (i == rule.steps.size()) {
        // Below the element, for "//element//@attribute".
        if (!rule.attribute.empty() && rule.anywhere) {
          (*to)[r] |= std::uint64_t{1} << i;
        }
        continue;
      }
      if (rule.steps[i].anywhere) (*to)[r] |= std::uint64_t{1} << i;
      if (Matches(rule.steps[i].name, name)) {
        (*to)[r] |= std::uint64_t{1} << (i + 1);
      }
    }
  }
}

const SiteRule* PlaceRules::OfElement(const State& state) const {
  const SiteRule* found = nullptr;
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const Rule& rule = rules_[r];
    if (rule.attribute.empty() && (state[r] >> rule.steps.size() & 1) != 0) {
      found = &rule.rule;
    }
  }
  return found;
}

const SiteRule* PlaceRules::OfAttribute(const State& state,
                                        std::string_view name) const {
  const SiteRule* found = nullptr;
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const Rule& rule = rules_[r];
    if (!rule.attribute.empty() && (state[r] >> rule.steps.size() & 1) != 0 &&
        Matches(rule.attribute, xml::LocalName(name))) {
      found = &rule.rule;
    }
  }
  return found;
}

}  // namespace phiwire::ccda
