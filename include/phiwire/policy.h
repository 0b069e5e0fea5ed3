// SPDX-License-Identifier: Apache-2.0
//
// A Policy says what is looked for, how sure phiwire must be, and what takes
// the place of what it finds. It is a plain value: build one in code, take a
// built-in one, or read YAML (docs/policy.md has the schema):
//
//   version: 1
//   extends: safe-harbor
//   rules: [site-rules/]
//   types:
//     DATE: {anonymizer: hash, threshold: 0.5}
//     FACILITY: {anonymizer: keep}
//
// The reader is strict: an unknown key, a duplicate key, an alias, a wrong
// type or an unknown anonymizer is an error that names file, line and column.
// Relative paths in a policy file are taken from that file's folder.

#ifndef PHIWIRE_INCLUDE_PHIWIRE_POLICY_H_
#define PHIWIRE_INCLUDE_PHIWIRE_POLICY_H_

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/types.h"

namespace phiwire {

// strict finds more and hides more (release of records), precise hides less
// (logs). Each is a set of score thresholds.
enum class Sensitivity { kStrict, kBalanced, kPrecise };

struct TypePolicy {
  bool enabled = true;
  std::string anonymizer = "replace";
  // The anonymizer's own settings, e.g. {"char": "*"} for mask.
  std::map<std::string, std::string> params;
  // Least score in [0, 1]; empty: the sensitivity's own.
  std::optional<double> threshold;
};

struct Policy {
  std::string name = "safe-harbor";
  std::array<TypePolicy, kPhiTypeCount> types;
  Sensitivity sensitivity = Sensitivity::kBalanced;
  std::vector<std::string> rule_dirs;  // site catalogue files and rules
  std::string weights_file;            // from `phiwire fit`; empty: built in
  std::string key_file;                // for keyed anonymizers, >= 32 bytes
  std::string roster_file;             // known patients (CSV)
  std::vector<std::string> allow;      // never a finding (whole surface)
  std::vector<std::string> deny;       // always a finding, as ID
  std::size_t max_record = std::size_t{64} << 20;  // bytes

  TypePolicy& operator[](PhiType t) { return types[static_cast<size_t>(t)]; }
  const TypePolicy& operator[](PhiType t) const {
    return types[static_cast<size_t>(t)];
  }

  // Every type but PROFESSION, replaced by "[TYPE]".
  static Policy SafeHarbor();
  // A built-in policy by name ("safe-harbor"); kNotFound lists the names.
  static absl::StatusOr<Policy> Named(std::string_view name);
  static absl::StatusOr<Policy> FromFile(std::string_view path);
  // source_name stands in errors ("<string>:3:5: unknown key"); base_dir is
  // where relative paths start.
  static absl::StatusOr<Policy> FromYaml(std::string_view yaml,
                                         std::string_view source_name,
                                         std::string_view base_dir = ".");
};

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_POLICY_H_
