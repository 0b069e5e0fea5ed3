// SPDX-License-Identifier: Apache-2.0

#include <nanobind/nanobind.h>
#include <nanobind/stl/filesystem.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "phiwire/policy.h"
#include "phiwire/types.h"
#include "policy/policy_writer.h"
#include "policy/sensitivity.h"
#include "python_bindings/bindings.h"
#include "python_bindings/errors.h"

namespace phiwire::python {
namespace {

namespace nb = nanobind;
using nb::literals::operator""_a;

Sensitivity RequireSensitivity(std::string_view name) {
  const std::optional<Sensitivity> sensitivity = ParseSensitivity(name);
  if (!sensitivity) {
    Raise(absl::InvalidArgumentError(
              "sensitivity must be strict, balanced or precise"),
          Stage::kSetup);
  }
  return *sensitivity;
}

Policy WithType(Policy policy, std::string_view type,
                const std::optional<std::string>& anonymizer,
                const std::optional<std::map<std::string, std::string>>& params,
                std::optional<double> threshold, std::optional<bool> enabled) {
  TypePolicy& entry = policy[RequireType(type, Stage::kSetup)];
  if (anonymizer) {
    entry.anonymizer = *anonymizer;
    entry.params.clear();  // they were the other anonymizer's
  }
  if (params) entry.params = *params;
  if (threshold) {
    if (!(*threshold >= 0 && *threshold <= 1)) {
      Raise(absl::InvalidArgumentError("threshold must be within [0, 1]"),
            Stage::kSetup);
    }
    entry.threshold = *threshold;
  }
  if (enabled) entry.enabled = *enabled;
  return policy;
}

using Paths = std::vector<std::filesystem::path>;
using Strings = std::vector<std::string>;

Policy WithOptions(Policy policy, std::optional<std::string_view> sensitivity,
                   const std::optional<Paths>& rules,
                   const std::optional<std::filesystem::path>& weights_file,
                   const std::optional<std::filesystem::path>& key_file,
                   const std::optional<std::filesystem::path>& roster_file,
                   const std::optional<std::filesystem::path>& columns_file,
                   const std::optional<Strings>& allow,
                   const std::optional<Strings>& deny,
                   std::optional<std::size_t> max_record) {
  if (sensitivity) policy.sensitivity = RequireSensitivity(*sensitivity);
  if (rules) {
    for (const auto& dir : *rules) policy.rule_dirs.push_back(dir.string());
  }
  if (weights_file) policy.weights_file = weights_file->string();
  if (key_file) policy.key_file = key_file->string();
  if (roster_file) policy.roster_file = roster_file->string();
  if (columns_file) policy.columns_file = columns_file->string();
  if (allow) policy.allow = *allow;
  if (deny) policy.deny = *deny;
  if (max_record) policy.max_record = *max_record;
  return policy;
}

void BindTypePolicy(nb::module_& m) {
  nb::class_<TypePolicy>(m, "TypePolicy",
                         "What a policy does with one type of PHI.")
      .def_ro("enabled", &TypePolicy::enabled)
      .def_ro("anonymizer", &TypePolicy::anonymizer)
      .def_ro("params", &TypePolicy::params)
      .def_ro("threshold", &TypePolicy::threshold,
              "Least score in [0, 1]; None: the sensitivity's own.");
}

std::string Repr(const Policy& policy) {
  return Concat({"Policy('", policy.name, "', sensitivity='",
                 SensitivityName(policy.sensitivity), "')"});
}

void BindReaders(nb::class_<Policy>& policy) {
  policy
      .def_static("safe_harbor", &Policy::SafeHarbor,
                  "Every type but PROFESSION, replaced by \"[TYPE]\".")
      .def_static(
          "named",
          [](std::string_view name) {
            return Unwrap(Policy::Named(name), Stage::kSetup);
          },
          "name"_a, "A built-in policy by its name, such as \"safe-harbor\".")
      .def_static(
          "from_file",
          [](const std::filesystem::path& path) {
            return Unwrap(Policy::FromFile(path.string()), Stage::kSetup);
          },
          "path"_a, "Reads a policy file (docs/policy.md has the schema).")
      .def_static(
          "from_yaml",
          [](std::string_view yaml, std::string_view source_name,
             const std::filesystem::path& base_dir) {
            return Unwrap(
                Policy::FromYaml(yaml, source_name, base_dir.string()),
                Stage::kSetup);
          },
          "yaml"_a, "source_name"_a = "<string>", nb::kw_only(),
          "base_dir"_a = std::filesystem::path("."),
          "Reads a policy from YAML text; relative paths start at base_dir.");
}

}  // namespace

PhiType RequireType(std::string_view name, Stage stage) {
  const std::optional<PhiType> type = ParseType(name);
  if (!type) {
    Raise(absl::InvalidArgumentError(
              "unknown type of PHI; phiwire.TYPES lists them"),
          stage);
  }
  return *type;
}

void BindPolicy(nb::module_& m) {
  BindTypePolicy(m);
  nb::class_<Policy> policy(
      m, "Policy",
      "What is looked for, how sure phiwire must be, and what takes the place "
      "of\nwhat it finds. A value: the with_ methods give a changed copy.");
  BindReaders(policy);
  policy.def_ro("name", &Policy::name)
      .def_prop_ro(
          "sensitivity",
          [](const Policy& p) { return SensitivityName(p.sensitivity); },
          "strict, balanced or precise.")
      .def_ro("rules", &Policy::rule_dirs)
      .def_ro("weights_file", &Policy::weights_file)
      .def_ro("key_file", &Policy::key_file)
      .def_ro("roster_file", &Policy::roster_file)
      .def_ro("columns_file", &Policy::columns_file)
      .def_ro("allow", &Policy::allow)
      .def_ro("deny", &Policy::deny)
      .def_ro("max_record", &Policy::max_record, "Bytes.")
      .def(
          "type",
          [](const Policy& p, std::string_view type) {
            return p[RequireType(type, Stage::kSetup)];
          },
          "type"_a, "What this policy does with one type.")
      .def("with_type", &WithType, "type"_a, "anonymizer"_a = nb::none(),
           nb::kw_only(), "params"_a = nb::none(), "threshold"_a = nb::none(),
           "enabled"_a = nb::none(),
           "A copy with another treatment of one type; None leaves a setting "
           "as it\nis, but a new anonymizer starts without params.")
      .def("with_options", &WithOptions, nb::kw_only(),
           "sensitivity"_a = nb::none(), "rules"_a = nb::none(),
           "weights_file"_a = nb::none(), "key_file"_a = nb::none(),
           "roster_file"_a = nb::none(), "columns_file"_a = nb::none(),
           "allow"_a = nb::none(), "deny"_a = nb::none(),
           "max_record"_a = nb::none(),
           "A copy with other options; rules are added to the policy's own, "
           "the others\ntake the place of the policy's.")
      .def("to_yaml", &ToYaml, "The policy as a policy file.")
      .def("__repr__", &Repr);
}

}  // namespace phiwire::python
