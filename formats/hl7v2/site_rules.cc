// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/site_rules.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {
namespace {

using Rule = SiteTable::Rule;

constexpr int kMaxNumber = 999;

bool IsNameByte(char c) { return (c >= 'A' && c <= 'Z') || IsDigit(c); }

// "PID", or "ZX*" for all segments that begin so.
bool ParseSegment(std::string_view text, Rule* rule) {
  rule->front = text.ends_with('*');
  if (rule->front) text.remove_suffix(1);
  const bool sized = rule->front
                         ? !text.empty() && text.size() < kSegmentNameSize
                         : text.size() == kSegmentNameSize;
  rule->segment = text;
  return sized && !IsDigit(text.front()) &&
         std::all_of(text.begin(), text.end(), IsNameByte);
}

bool ParseNumbers(std::string_view text, Rule* rule) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int* part : {&rule->field, &rule->component, &rule->subcomponent}) {
    const auto [next, error] = std::from_chars(at, end, *part);
    if (error != std::errc() || *part < 1 || *part > kMaxNumber) return false;
    if (next == end) return true;
    if (*next != '.') return false;
    at = next + 1;
  }
  return false;
}

std::optional<Rule> Parse(std::string_view place) {
  Rule rule;
  const std::size_t dash = place.find('-');
  if (!ParseSegment(place.substr(0, dash), &rule)) return std::nullopt;
  if (dash == std::string_view::npos) return rule;
  if (!ParseNumbers(place.substr(dash + 1), &rule)) return std::nullopt;
  const bool delimiters = IsHeaderName(rule.segment) && rule.field < 3;
  if (delimiters) return std::nullopt;
  return rule;
}

int Depth(const Rule& rule) {
  const int numbers =
      (rule.field != 0) + (rule.component != 0) + (rule.subcomponent != 0);
  const int whole = static_cast<int>(kSegmentNameSize) + 1;
  return numbers * whole +
         (rule.front ? static_cast<int>(rule.segment.size()) : whole - 1);
}

bool Matches(int rule, int place) { return rule == 0 || rule == place; }

}  // namespace

absl::StatusOr<SiteTable> SiteTable::Create(std::span<const SiteRule> rules) {
  SiteTable out;
  for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) {
    std::optional<Rule> parsed = Parse(rule->place);
    if (!parsed) {
      return absl::InvalidArgumentError(
          Concat({"\"", rule->place,
                  "\" is no place of HL7 v2: write PID-5, PID-5.1 or ZX*"}));
    }
    parsed->as = rule->as;
    parsed->type = rule->type;
    out.rules_.push_back(std::move(*parsed));
  }
  std::stable_sort(
      out.rules_.begin(), out.rules_.end(),
      [](const Rule& a, const Rule& b) { return Depth(a) > Depth(b); });
  return out;
}

const Rule* SiteTable::Find(std::string_view segment, int field, int component,
                            int subcomponent) const {
  for (const Rule& rule : rules_) {
    const bool named = rule.front ? segment.starts_with(rule.segment)
                                  : segment == rule.segment;
    if (named && Matches(rule.field, field) &&
        Matches(rule.component, component) &&
        Matches(rule.subcomponent, subcomponent)) {
      return &rule;
    }
  }
  return nullptr;
}

SlotGrammar GrammarOf(PhiType type) {
  switch (type) {
    case PhiType::kDate:
      return SlotGrammar::kHl7Date;
    case PhiType::kZip:
      return SlotGrammar::kZip;
    case PhiType::kAge:
    case PhiType::kBiometric:
    case PhiType::kPhoto:
      return SlotGrammar::kEmpty;
    case PhiType::kName:
    case PhiType::kStreet:
    case PhiType::kCity:
    case PhiType::kCounty:
    case PhiType::kLocation:
    case PhiType::kEmail:
    case PhiType::kUrl:
    case PhiType::kIpAddress:
    case PhiType::kFacility:
    case PhiType::kEmployer:
    case PhiType::kUsername:
    case PhiType::kProfession:
      return SlotGrammar::kName;
    default:
      return SlotGrammar::kIdentifier;
  }
}

}  // namespace phiwire::hl7v2
