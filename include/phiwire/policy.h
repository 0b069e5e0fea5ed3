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
//     DATE: {anonymizer: date_shift, threshold: 0.5}
//     FACILITY: {anonymizer: keep}
//   fields:
//     PID-8: {anonymizer: keep}
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
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/types.h"

namespace phiwire {

// strict finds more and hides more (release of records), precise hides less
// (logs). Each is a set of score thresholds.
enum class Sensitivity { kStrict, kBalanced, kPrecise };

// What becomes of a value that an anonymizer can't take (too short for fpe, no
// patient for date_shift). There is no pass-through.
enum class OnFailure {
  kRefuse,   // the record is refused
  kReplace,  // as anonymizer replace
  kRedact,   // nothing takes its place
};

struct TypePolicy {
  bool enabled = true;
  std::string anonymizer = "replace";
  // The anonymizer's own settings, e.g. {"char": "*"} for mask.
  std::map<std::string, std::string> params;
  // Least score in [0, 1]; empty: the sensitivity's own.
  std::optional<double> threshold;
  OnFailure on_failure = OnFailure::kRefuse;
  std::string place = {};  // "FILE:LINE:COLUMN" it was read from, for errors
};

// Another anonymizer in some places: in documents of one format, in typed slots
// (not in free text), in one field. Where several apply, a field comes before
// slots, slots before a format alone, and of equals the last one wins.
struct PolicyOverride {
  std::optional<Format> format;
  bool slots = false;
  std::string field;            // "PID-5", "PID-11.1", "ZX*"; empty: any
  std::optional<PhiType> type;  // none (with a field): any
  TypePolicy policy;            // enabled and threshold are not looked at
};

struct Policy {
  std::string name = "safe-harbor";
  std::array<TypePolicy, kPhiTypeCount> types;
  Sensitivity sensitivity = Sensitivity::kBalanced;
  std::vector<std::string> rule_dirs;  // site catalogue files and rules
  std::string weights_file;            // from `phiwire fit`; empty: built in
  // Keys of at least 32 bytes: a file, "fd:N" or "env:NAME".
  std::string key_file;               // for keyed anonymizers
  std::vector<std::string> old_keys;  // earlier ones, for the way back
  std::string tenant;                 // keeps sites of one key apart
  std::string vault_file;             // tokens (SQLite); empty: for one run
  std::string vault_key;              // of the vault; empty: key_file
  std::vector<PolicyOverride> overrides;
  std::vector<std::pair<Format, SiteRule>> site;
  // "FILE:LINE:COLUMN" of "key", "vault", ... where a file gave them.
  std::map<std::string, std::string> places;
  std::string roster_file;         // known patients (CSV)
  std::string columns_file;        // column map of tables (docs/tables.md)
  std::vector<std::string> allow;  // never a finding (whole surface)
  std::vector<std::string> deny;   // always a finding, as ID
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
