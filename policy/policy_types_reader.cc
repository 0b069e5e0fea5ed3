// SPDX-License-Identifier: Apache-2.0

#include "policy/policy_types_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/anonymizer_catalogue.h"

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

absl::Status ReadParam(std::string_view key, const YamlNode& node,
                       const AnonymizerEntry& entry, TypePolicy* type) {
  const bool known = std::find(entry.params.begin(), entry.params.end(), key) !=
                     entry.params.end();
  if (!known) {
    std::string list = "enabled, anonymizer, threshold";
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

absl::Status ReadType(const YamlNode& node, TypePolicy* type) {
  if (!node.is_map()) return node.Error("expected a map");
  if (const YamlNode* name = node.Get("anonymizer")) {
    PHIWIRE_RETURN_IF_ERROR(ReadAnonymizer(*name, type));
  }
  // A user's own is set up by the user: it has no settings here.
  constexpr AnonymizerEntry kOwn{"user:...", {}, {}, nullptr};
  const AnonymizerEntry* entry = FindAnonymizer(type->anonymizer);
  if (entry == nullptr) entry = &kOwn;
  for (const auto& [key, value] : node.entries()) {
    if (key == "anonymizer") continue;
    if (key == "enabled") {
      PHIWIRE_ASSIGN_OR_RETURN(type->enabled, value.AsBool());
    } else if (key == "threshold") {
      PHIWIRE_RETURN_IF_ERROR(ReadThreshold(value, type));
    } else {
      PHIWIRE_RETURN_IF_ERROR(ReadParam(key, value, *entry, type));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadTypes(const YamlNode& types, Policy* policy) {
  if (!types.is_map()) return types.Error("expected a map");
  for (const auto& [name, node] : types.entries()) {
    const auto type = ParseType(name);
    if (!type.has_value()) {
      return node.KeyError(
          Concat({"unknown type ", ShownKey(name), "; known: ", TypeNames()}));
    }
    PHIWIRE_RETURN_IF_ERROR(ReadType(node, &(*policy)[*type]));
  }
  return absl::OkStatus();
}

}  // namespace phiwire
