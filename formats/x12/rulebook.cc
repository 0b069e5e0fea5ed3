// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/rulebook.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::x12 {
namespace {

constexpr std::size_t kMostElements = 99;

bool IsCodeText(std::string_view text) {
  return !text.empty() && text.size() <= 4 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || (c >= 'A' && c <= 'Z');
         });
}

// One or two digits; 0: it is none.
std::size_t SmallNumber(std::string_view text) {
  if (text.empty() || text.size() > 2 || DigitsAt(text, 0) != text.size()) {
    return 0;
  }
  return static_cast<std::size_t>(NumberAt(text, 0, text.size()));
}

SlotGrammar GrammarOf(PhiType type) {
  switch (type) {
    case PhiType::kDate:
      return SlotGrammar::kHl7Date;
    case PhiType::kZip:
      return SlotGrammar::kZip;
    case PhiType::kName:
    case PhiType::kStreet:
    case PhiType::kCity:
    case PhiType::kCounty:
    case PhiType::kLocation:
    case PhiType::kFacility:
    case PhiType::kEmployer:
    case PhiType::kEmail:
    case PhiType::kUrl:
    case PhiType::kIpAddress:
    case PhiType::kProfession:
      return SlotGrammar::kName;
    default:
      return SlotGrammar::kIdentifier;
  }
}

Decision DecisionOf(const SiteRule& rule) {
  switch (rule.as) {
    case SiteRule::As::kText:
      return {};
    case SiteRule::As::kKeep:
      return {Action::kStay, PhiType::kName, SlotGrammar::kFreeText, false,
              true};
    case SiteRule::As::kDrop:
      return {Action::kSlot, PhiType::kId, SlotGrammar::kEmpty, false, true};
    case SiteRule::As::kSlot:
      return {rule.type == PhiType::kDate ? Action::kDate : Action::kSlot,
              rule.type, GrammarOf(rule.type), false, true};
  }
  return {};
}

}  // namespace

absl::StatusOr<Rulebook::Place> Rulebook::ReadPlace(const SiteRule& rule) {
  std::string_view text = rule.place;
  const auto none = [&] {
    return absl::InvalidArgumentError(
        Concat({rule.place,
                ": no place of X12; write NM1-03, SV1-01.7 or NM1[IL]-03"}));
  };
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return none();
  std::string_view segment = text.substr(0, dash);
  std::string_view element = text.substr(dash + 1);
  Place place;
  const std::size_t bracket = segment.find('[');
  if (bracket != std::string_view::npos) {
    if (segment.back() != ']') return none();
    const std::string_view qualifier =
        segment.substr(bracket + 1, segment.size() - bracket - 2);
    if (!IsCodeText(qualifier)) return none();
    place.qualifier = Code(qualifier);
    segment = segment.substr(0, bracket);
  }
  if (!IsCodeText(segment) || segment.size() < 2 || segment.size() > 3) {
    return none();
  }
  const std::size_t dot = element.find('.');
  if (dot != std::string_view::npos) {
    place.component = SmallNumber(element.substr(dot + 1));
    if (place.component == 0) return none();
    element = element.substr(0, dot);
  }
  place.segment = Code(segment);
  place.element = SmallNumber(element);
  if (place.element == 0 || place.element > kMostElements) return none();
  place.decision = DecisionOf(rule);
  return place;
}

absl::StatusOr<Rulebook> Rulebook::Create(std::span<const SiteRule> site) {
  Rulebook out;
  for (const SiteRule& rule : site) {
    PHIWIRE_ASSIGN_OR_RETURN(const Place place, ReadPlace(rule));
    out.site_.push_back(place);
  }
  std::reverse(out.site_.begin(), out.site_.end());
  return out;
}

Decision Rulebook::Decide(std::uint32_t segment,
                          std::span<const ElementRule> rules, Elements elements,
                          std::size_t element, std::size_t component) const {
  for (const Place& place : site_) {
    if (place.segment == segment && place.element == element &&
        (place.component == 0 || place.component == component) &&
        (place.qualifier == 0 ||
         (elements.size() > 1 && Code(elements[1]) == place.qualifier))) {
      return place.decision;
    }
  }
  for (const ElementRule& rule : rules) {
    if ((rule.element != 0 && rule.element != element) ||
        (rule.component != 0 && rule.component != component)) {
      continue;
    }
    if (rule.when != 0 && (rule.when >= elements.size() ||
                           !HasValue(rule, Code(elements[rule.when])))) {
      continue;
    }
    return {rule.action, rule.type, rule.grammar, rule.short_year, true};
  }
  return {Action::kText, PhiType::kName, SlotGrammar::kFreeText, false, false};
}

bool Rulebook::HasComponents(std::uint32_t segment,
                             std::span<const ElementRule> rules,
                             std::size_t element) const {
  for (const Place& place : site_) {
    if (place.segment == segment && place.element == element &&
        place.component != 0) {
      return true;
    }
  }
  return std::any_of(rules.begin(), rules.end(), [&](const ElementRule& rule) {
    return rule.component != 0 &&
           (rule.element == 0 || rule.element == element);
  });
}

}  // namespace phiwire::x12
