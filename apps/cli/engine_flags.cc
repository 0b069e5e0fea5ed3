// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/engine_flags.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/sensitivity.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

bool LooksLikeFile(const std::string& name) {
  const fs::path path(name);
  std::error_code error;
  return path.has_parent_path() || path.extension() == ".yaml" ||
         path.extension() == ".yml" || fs::is_regular_file(path, error);
}

}  // namespace

absl::StatusOr<Policy> ReadPolicy(const std::string& name) {
  return LooksLikeFile(name) ? Policy::FromFile(name) : Policy::Named(name);
}

absl::StatusOr<Policy> EffectivePolicy(const EngineFlags& flags) {
  PHIWIRE_ASSIGN_OR_RETURN(Policy policy, ReadPolicy(flags.policy));
  if (!flags.key.empty()) {
    policy.key_file = flags.key;
    policy.places.erase("key");  // not the file's fault any more
  }
  if (!flags.vault.empty()) {
    policy.vault_file = flags.vault;
    policy.places.erase("vault");
  }
  if (!flags.roster.empty()) policy.roster_file = flags.roster;
  if (!flags.columns.empty()) policy.columns_file = flags.columns;
  if (!flags.weights.empty()) policy.weights_file = flags.weights;
  for (const std::string& dir : flags.rules) policy.rule_dirs.push_back(dir);
  if (!flags.sensitivity.empty()) {
    const auto sensitivity = ParseSensitivity(flags.sensitivity);
    if (!sensitivity) {
      return absl::InvalidArgumentError(
          "--sensitivity is one of strict, balanced, precise");
    }
    policy.sensitivity = *sensitivity;
  }
  return policy;
}

absl::StatusOr<Deidentifier> MakeEngine(const Policy& policy) {
  Options options;
  options.cache_dir = CacheDir();
  return Deidentifier::Create(policy, options);
}

absl::StatusOr<Deidentifier> MakeEngine(const EngineFlags& flags) {
  PHIWIRE_ASSIGN_OR_RETURN(Policy policy, EffectivePolicy(flags));
  return MakeEngine(policy);
}

absl::StatusOr<Format> ReadFormat(const std::string& name) {
  const std::optional<Format> format = ParseFormat(name);
  if (format) return *format;
  return absl::InvalidArgumentError(
      "--format is one of auto, text, log, hl7, csv, fixed, ndjson, fhir, "
      "ccda, x12, html, rtf, markdown");
}

std::string CacheDir() {
  fs::path base;
  const char* xdg = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (xdg != nullptr && fs::path(xdg).is_absolute()) {
    base = xdg;  // the specification ignores relative paths
  } else if (home != nullptr && fs::path(home).is_absolute()) {
    base = fs::path(home) / ".cache";
  } else {
    return "";
  }
  std::error_code error;
  fs::create_directories(base, error);
  const fs::path dir = base / "phiwire";
  // Others must not be able to put a database there for us to load.
  ::mkdir(dir.c_str(), 0700);
  return fs::is_directory(dir, error) ? dir.string() : "";
}

}  // namespace phiwire::cli
