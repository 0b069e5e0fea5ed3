// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/site_paths.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/json/document.h"

namespace phiwire::fhir {
namespace {

struct PrimitiveName {
  std::string_view name;
  Leaf leaf;
};

// date and dateTime, and the kinds of URI, are one to the reader.
constexpr PrimitiveName kPrimitives[] = {
    {"base64Binary", Leaf::kBase64},
    {"canonical", Leaf::kUri},
    {"code", Leaf::kCode},
    {"date", Leaf::kDate},
    {"dateTime", Leaf::kDate},
    {"id", Leaf::kSlotId},
    {"instant", Leaf::kInstant},
    {"markdown", Leaf::kText},
    {"oid", Leaf::kUri},
    {"string", Leaf::kText},
    {"time", Leaf::kTime},
    {"uri", Leaf::kUri},
    {"url", Leaf::kUri},
    {"uuid", Leaf::kUri},
    {"xhtml", Leaf::kXhtml},
};

std::optional<Leaf> PrimitiveOf(std::string_view name) {
  for (const PrimitiveName& primitive : kPrimitives) {
    if (primitive.name == name) return primitive.leaf;
  }
  return std::nullopt;
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

// "value" is "valueString" too.
bool IsChoice(std::string_view name, std::string_view of) {
  return of.size() > name.size() && of.starts_with(name) &&
         IsUpper(of[name.size()]);
}

}  // namespace

class SitePaths::Parser {
 public:
  explicit Parser(std::string_view text) : place_(text), text_(text) {}

  absl::StatusOr<Place> Parse(const SiteRule& rule) {
    Place out;
    out.rule = rule;
    while (text_.starts_with('(') && text_.ends_with(')')) {
      text_ = text_.substr(1, text_.size() - 2);
    }
    const bool bracket = Take("(");
    PHIWIRE_RETURN_IF_ERROR(Head(&out));
    if (bracket && !Take(")")) return Bad("no closing bracket");
    while (!text_.empty()) {
      if (!Take(".")) return Bad("not a path");
      PHIWIRE_RETURN_IF_ERROR(AddSegment(&out));
    }
    PHIWIRE_RETURN_IF_ERROR(Check(out));
    return out;
  }

 private:
  absl::Status Bad(std::string_view why) const {
    return absl::InvalidArgumentError(
        Concat({"\"", place_, "\" is no place in FHIR: ", why}));
  }

  bool Take(std::string_view what) {
    if (!text_.starts_with(what)) return false;
    text_.remove_prefix(what.size());
    return true;
  }

  std::string_view Name() {
    std::size_t end = 0;
    while (end < text_.size() && IsLetter(text_[end])) ++end;
    // base64Binary and the like
    while (end > 0 && end < text_.size() &&
           (IsLetter(text_[end]) || (text_[end] >= '0' && text_[end] <= '9'))) {
      ++end;
    }
    const std::string_view name = text_.substr(0, end);
    text_.remove_prefix(end);
    return name;
  }

  // "'text')" behind an opening bracket.
  std::optional<std::string_view> Argument() {
    const char quote = text_.empty() ? '\0' : text_.front();
    if (quote != '\'' && quote != '"') return std::nullopt;
    const std::size_t end = text_.find(quote, 1);
    if (end == std::string_view::npos || end == 1) return std::nullopt;
    const std::string_view argument = text_.substr(1, end - 1);
    text_.remove_prefix(end + 1);
    if (!Take(")")) return std::nullopt;
    return argument;
  }

  absl::Status Head(Place* out) {
    for (const auto& [name, from] : {std::pair("nodesByType(", From::kType),
                                     std::pair("nodesByName(", From::kName)}) {
      if (!Take(name)) continue;
      const auto argument = Argument();
      if (!argument) return Bad("no name in quotes");
      out->from = from;
      out->head = *argument;
      if (from == From::kType && !FindType(*argument) &&
          !PrimitiveOf(*argument)) {
        return Bad("R4 has no such type");
      }
      return absl::OkStatus();
    }
    const std::string_view name = Name();
    const auto type = FindType(name);
    if (name != "Resource" && !type) return Bad("R4 has no such type");
    out->head = name;
    out->from = name == "Resource" || name == "DomainResource"
                    ? From::kAnyResource
                : TypeOf(*type).resource ? From::kResource
                                         : From::kType;
    return absl::OkStatus();
  }

  absl::Status AddSegment(Place* out) {
    const std::string_view name = Name();
    if (name.empty()) return Bad("no name behind a dot");
    Segment segment{std::string(name), {}};
    if (Take("(")) {
      const auto argument = Argument();
      if (!argument || (name != "extension" && name != "modifierExtension")) {
        return Bad("only extension('url') is known");
      }
      segment.url = *argument;
    }
    out->segments.push_back(std::move(segment));
    return absl::OkStatus();
  }

  // Whether R4 has the elements, as far as their types are told.
  absl::Status Check(const Place& place) const {
    std::optional<TypeId> type;
    if (place.from == From::kAnyResource) type = FindType("DomainResource");
    if (place.from == From::kResource || place.from == From::kType) {
      type = FindType(place.head);
    }
    for (const Segment& segment : place.segments) {
      if (!type) return absl::OkStatus();
      const Element* element =
          FindElement(*type, json::HashOf(segment.name), segment.name);
      if (element == nullptr) {
        // A choice's elements have types of their own.
        return HasChoice(*type, segment.name) ? absl::OkStatus()
                                              : Bad("R4 has no such element");
      }
      type.reset();
      if (element->leaf == Leaf::kType) type = element->type;
    }
    return absl::OkStatus();
  }

  static bool HasChoice(TypeId type, std::string_view name) {
    constexpr std::string_view kSome[] = {
        "Boolean",  "String",   "Quantity", "CodeableConcept", "DateTime",
        "Date",     "Period",   "Age",      "Range",           "Reference",
        "Integer",  "Decimal",  "Address",  "Identifier",      "Uri",
        "Markdown", "Canonical"};
    return std::any_of(std::begin(kSome), std::end(kSome),
                       [&](std::string_view of) {
                         const std::string whole = Concat({name, of});
                         return FindElement(type, json::HashOf(whole), whole);
                       });
  }

  std::string_view place_;
  std::string_view text_;
};

absl::StatusOr<SitePaths> SitePaths::Create(std::span<const SiteRule> rules) {
  SitePaths out;
  for (const SiteRule& rule : rules) {
    PHIWIRE_ASSIGN_OR_RETURN(Place place, Parser(rule.place).Parse(rule));
    out.places_.push_back(std::move(place));
  }
  return out;
}

bool SitePaths::Fits(const Segment& segment, const Step& step) {
  if (!segment.url.empty()) {
    return segment.name == step.name && segment.url == step.url;
  }
  return segment.name == step.name || IsChoice(segment.name, step.name);
}

bool SitePaths::FitsHead(const Place& place, const Step& step, bool first) {
  switch (place.from) {
    case From::kResource:
      return first && step.name == place.head;
    case From::kAnyResource:
      return first;
    case From::kName:
      return !first && step.name == place.head;
    case From::kType:
      break;
  }
  if (step.type != kNoType) return TypeOf(step.type).name == place.head;
  const auto leaf = PrimitiveOf(place.head);
  return leaf && step.leaf == *leaf && step.leaf != Leaf::kType;
}

bool SitePaths::Fits(const Place& place, std::span<const Step> steps) {
  const std::size_t count = place.segments.size();
  if (steps.size() <= count) return false;
  const std::size_t head = steps.size() - count - 1;
  if (!FitsHead(place, steps[head], head == 0)) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!Fits(place.segments[i], steps[head + 1 + i])) return false;
  }
  return true;
}

const SiteRule* SitePaths::Find(std::span<const Step> steps) const {
  for (const Place& place : places_) {
    if (Fits(place, steps)) return &place.rule;
  }
  return nullptr;
}

}  // namespace phiwire::fhir
