// SPDX-License-Identifier: Apache-2.0

#include "policy/policy_types_reader.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "policy/anonymizer_catalogue.h"
#include "policy/on_failure.h"

namespace phiwire {
namespace {

std::string TypeNames() {
  std::string list;
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    list += Concat({i == 0 ? "" : ", ", TypeName(static_cast<PhiType>(i))});
  }
  return list;
}

absl::Status ReadThreshold(const YamlNode& node, TypePolicy* type) {
  PHIWIRE_ASSIGN_OR_RETURN(const double value, node.AsDouble());
  if (value < 0 || value > 1) {
    return node.Error("a threshold must be from 0 to 1");
  }
  type->threshold = value;
  return absl::OkStatus();
}

absl::Status ReadOnFailure(const YamlNode& node, TypePolicy* type) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string name, node.AsString());
  const auto value = ParseOnFailure(name);
  if (!value) return node.Error("expected refuse, replace or redact");
  type->on_failure = *value;
  return absl::OkStatus();
}

// Where in a policy settings stand decides which keys they may have.
enum class Place { kTypes, kOverride };

absl::Status ReadParam(std::string_view key, const YamlNode& node,
                       const AnonymizerEntry& entry, Place place,
                       TypePolicy* type) {
  const bool known = std::find(entry.params.begin(), entry.params.end(), key) !=
                     entry.params.end();
  if (!known) {
    std::string list = place == Place::kTypes
                           ? "enabled, anonymizer, on_failure, threshold"
                           : "anonymizer, on_failure";
    for (std::string_view p : entry.params) list += Concat({", ", p});
    return node.KeyError(
        Concat({"unknown key ", ShownKey(key), "; known with anonymizer ",
                entry.name, ": ", list}));
  }
  PHIWIRE_ASSIGN_OR_RETURN(std::string value, node.AsString());
  // Settings do not depend on one another, so one alone finds its own place.
  const absl::Status status = CheckParams(entry, {{std::string(key), value}});
  if (!status.ok()) return node.Error(ToStd(status.message()));
  type->params[std::string(key)] = std::move(value);
  return absl::OkStatus();
}

absl::Status ReadAnonymizer(const YamlNode& node, TypePolicy* type) {
  PHIWIRE_ASSIGN_OR_RETURN(std::string name, node.AsString());
  if (FindAnonymizer(name) == nullptr && !UserName(name).has_value()) {
    return node.Error(
        Concat({"unknown anonymizer; known: ", AnonymizerNames()}));
  }
  type->anonymizer = std::move(name);
  // Another anonymizer's settings mean nothing to this one.
  type->params.clear();
  return absl::OkStatus();
}

// Keys of `others` are read elsewhere.
absl::Status ReadType(const YamlNode& node, Place place, TypePolicy* type,
                      std::span<const std::string_view> others = {}) {
  if (!node.is_map()) return node.Error("expected a map");
  type->place = node.place();
  if (const YamlNode* name = node.Get("anonymizer")) {
    PHIWIRE_RETURN_IF_ERROR(ReadAnonymizer(*name, type));
    type->place = name->place();
  }
  // A user's own is set up by the user: it has no settings here.
  constexpr AnonymizerEntry kOwn{"user:...", {}, {}, nullptr};
  const AnonymizerEntry* entry = FindAnonymizer(type->anonymizer);
  if (entry == nullptr) entry = &kOwn;
  for (const auto& [key, value] : node.entries()) {
    if (key == "anonymizer") continue;
    if (std::find(others.begin(), others.end(), key) != others.end()) continue;
    if (key == "as" && place == Place::kOverride) continue;  // ReadAs
    if (key == "on_failure") {
      PHIWIRE_RETURN_IF_ERROR(ReadOnFailure(value, type));
    } else if (key == "enabled" && place == Place::kTypes) {
      PHIWIRE_ASSIGN_OR_RETURN(type->enabled, value.AsBool());
    } else if (key == "threshold" && place == Place::kTypes) {
      PHIWIRE_RETURN_IF_ERROR(ReadThreshold(value, type));
    } else {
      PHIWIRE_RETURN_IF_ERROR(ReadParam(key, value, *entry, place, type));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<PhiType> ReadTypeName(std::string_view name,
                                     const YamlNode& node) {
  const auto type = ParseType(name);
  if (type.has_value()) return *type;
  return node.KeyError(
      Concat({"unknown type ", ShownKey(name), "; known: ", TypeNames()}));
}

absl::Status ReadOverride(const YamlNode& node, PolicyOverride where,
                          Policy* policy) {
  if (!node.is_map()) return node.Error("expected a map");
  if (node.Get("anonymizer") == nullptr) {
    return node.Error("names no anonymizer");
  }
  PHIWIRE_RETURN_IF_ERROR(ReadType(node, Place::kOverride, &where.policy));
  policy->overrides.push_back(std::move(where));
  return absl::OkStatus();
}

// What a field of one format is taken for: {as: text|keep|drop|TYPE}.
absl::Status ReadAs(const YamlNode& node, std::string_view field,
                    std::optional<Format> format, Policy* policy) {
  if (!format) {
    return node.Error(
        Concat({"as depends on the format: put the field under "
                "formats: and its format's name"}));
  }
  SiteRule rule;
  rule.place = field;
  PHIWIRE_RETURN_IF_ERROR(ReadAs(node, &rule));
  policy->site.emplace_back(*format, std::move(rule));
  return absl::OkStatus();
}

bool IsFieldPath(std::string_view name) {
  const std::size_t star = name.find('*');
  return !name.empty() && name != "*" &&
         (star == std::string_view::npos || star + 1 == name.size());
}

absl::Status ReadFields(const YamlNode& fields, std::optional<Format> format,
                        Policy* policy) {
  if (!fields.is_map()) return fields.Error("expected a map");
  for (const auto& [name, node] : fields.entries()) {
    const YamlNode* as = node.is_map() ? node.Get("as") : nullptr;
    if (as != nullptr) {
      PHIWIRE_RETURN_IF_ERROR(ReadAs(*as, name, format, policy));
      if (node.Get("anonymizer") == nullptr) {
        PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"as"}));
        continue;
      }
    }
    if (!IsFieldPath(name)) {
      return node.KeyError(
          "a field is a path such as PID-5 or PID-11.1; a * may end it");
    }
    PolicyOverride where;
    where.format = format;
    where.field = name;
    PHIWIRE_RETURN_IF_ERROR(ReadOverride(node, std::move(where), policy));
  }
  return absl::OkStatus();
}

absl::Status ReadByType(const YamlNode& types, std::optional<Format> format,
                        bool slots, Policy* policy) {
  if (!types.is_map()) return types.Error("expected a map");
  for (const auto& [name, node] : types.entries()) {
    PolicyOverride where;
    where.format = format;
    where.slots = slots;
    PHIWIRE_ASSIGN_OR_RETURN(where.type, ReadTypeName(name, node));
    PHIWIRE_RETURN_IF_ERROR(ReadOverride(node, std::move(where), policy));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadAs(const YamlNode& node, SiteRule* rule) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string as, node.AsString());
  const auto type = ParseType(as);
  if (as == "text") {
    rule->as = SiteRule::As::kText;
  } else if (as == "keep") {
    rule->as = SiteRule::As::kKeep;
  } else if (as == "drop") {
    rule->as = SiteRule::As::kDrop;
  } else if (type) {
    rule->as = SiteRule::As::kSlot;
    rule->type = *type;
  } else {
    return node.Error("expected text, keep, drop or a type");
  }
  return absl::OkStatus();
}

absl::Status ReadAnonymizerOf(const YamlNode& node,
                              std::span<const std::string_view> others,
                              TypePolicy* type) {
  return ReadType(node, Place::kOverride, type, others);
}

absl::Status ReadTypes(const YamlNode& types, Policy* policy) {
  if (!types.is_map()) return types.Error("expected a map");
  for (const auto& [name, node] : types.entries()) {
    PHIWIRE_ASSIGN_OR_RETURN(const PhiType type, ReadTypeName(name, node));
    PHIWIRE_RETURN_IF_ERROR(ReadType(node, Place::kTypes, &(*policy)[type]));
  }
  return absl::OkStatus();
}

absl::Status ReadPlaces(std::string_view key, const YamlNode& node,
                        Policy* policy) {
  if (key == "slots") return ReadByType(node, std::nullopt, true, policy);
  if (key == "fields") return ReadFields(node, std::nullopt, policy);
  if (!node.is_map()) return node.Error("expected a map");
  for (const auto& [name, inner] : node.entries()) {
    const auto format = ParseFormat(name);
    if (!format || *format == Format::kAuto) {
      return inner.KeyError(Concat({"unknown format ", ShownKey(name)}));
    }
    PHIWIRE_RETURN_IF_ERROR(inner.AllowKeys({"types", "slots", "fields"}));
    for (const auto& [part, value] : inner.entries()) {
      PHIWIRE_RETURN_IF_ERROR(
          part == "fields"
              ? ReadFields(value, format, policy)
              : ReadByType(value, format, part == "slots", policy));
    }
  }
  return absl::OkStatus();
}

}  // namespace phiwire
