// SPDX-License-Identifier: Apache-2.0

#include "policy/policy_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <utility>

#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/builtin_policies.h"
#include "policy/policy_types_reader.h"
#include "policy/sensitivity.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxChain = 8;  // files that extend one another
// Offsets inside a record are 32 bits wide, and memory is 12 times a record.
constexpr std::int64_t kMaxRecord = std::int64_t{1} << 30;
constexpr std::string_view kNone = "none";

// Joined to the folder of the policy; an absolute path stays.
std::string Resolve(std::string_view base_dir, std::string_view path) {
  const std::filesystem::path base{std::string(base_dir)};
  return (base / std::string(path)).lexically_normal().string();
}

absl::Status ReadPath(const YamlNode& node, std::string_view base_dir,
                      std::string* out) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string path, node.AsString());
  if (path.empty()) return node.Error("expected a path");
  *out = Resolve(base_dir, path);
  return absl::OkStatus();
}

absl::Status AddPaths(const YamlNode& node, std::string_view base_dir,
                      std::vector<std::string>* out) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> paths,
                           node.AsStrings());
  for (const std::string& path : paths) {
    if (path.empty()) return node.Error("expected paths");
    out->push_back(Resolve(base_dir, path));
  }
  return absl::OkStatus();
}

// A path, "fd:N" or "env:NAME".
std::string ResolvedSource(std::string_view base_dir, std::string_view source) {
  return IsKeyPath(source) ? Resolve(base_dir, source) : std::string(source);
}

absl::Status ReadKeySource(const YamlNode& node, std::string_view base_dir,
                           std::string* out) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string source, node.AsString());
  if (source.empty()) return node.Error("expected a path");
  *out = ResolvedSource(base_dir, source);
  return absl::OkStatus();
}

absl::Status ReadOldKeys(const YamlNode& node, std::string_view base_dir,
                         Policy* policy) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> sources,
                           node.AsStrings());
  for (const std::string& source : sources) {
    if (source.empty()) return node.Error("expected paths");
    policy->old_keys.push_back(ResolvedSource(base_dir, source));
  }
  return absl::OkStatus();
}

absl::Status AddTexts(const YamlNode& node, std::vector<std::string>* out) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> texts,
                           node.AsStrings());
  for (const std::string& text : texts) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
      return node.Error("an empty text would match everywhere");
    }
    out->push_back(text);
  }
  return absl::OkStatus();
}

absl::Status ReadSensitivity(const YamlNode& node, Policy* policy) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string name, node.AsString());
  const auto sensitivity = ParseSensitivity(name);
  if (!sensitivity.has_value()) {
    return node.Error("expected strict, balanced or precise");
  }
  policy->sensitivity = *sensitivity;
  return absl::OkStatus();
}

absl::Status ReadMaxRecord(const YamlNode& node, Policy* policy) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::int64_t bytes, node.AsInt());
  if (bytes < 1 || bytes > kMaxRecord) {
    return node.Error("max_record must be from 1 to 1073741824 bytes");
  }
  policy->max_record = static_cast<std::size_t>(bytes);
  return absl::OkStatus();
}

absl::Status ReadVersion(const YamlNode& root) {
  const YamlNode* version = root.Get("version");
  if (version == nullptr) return root.Error("no version; write version: 1");
  PHIWIRE_ASSIGN_OR_RETURN(const std::int64_t number, version->AsInt());
  if (number == 1) return absl::OkStatus();
  return version->Error("this phiwire reads policies of version 1 only");
}

bool IsPath(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(".yaml") ||
         name.ends_with(".yml");
}

// What the policy starts from: a built-in one, a file, nothing at all (every
// type on and replaced), or safe-harbor when the file doesn't say.
absl::StatusOr<Policy> ReadBase(const YamlNode& root,
                                const PolicySource& source) {
  const YamlNode* extends = root.Get("extends");
  if (extends == nullptr) return Policy::SafeHarbor();
  PHIWIRE_ASSIGN_OR_RETURN(const std::string name, extends->AsString());
  if (name == kNone) return Policy();
  if (!IsPath(name)) {
    absl::StatusOr<Policy> base = Policy::Named(name);
    if (base.ok()) return base;
    return extends->Error(Concat({"unknown policy; known: none, ",
                                  BuiltinPolicyNames(), ", or a path"}));
  }
  const std::string path = Resolve(source.base_dir, name);
  const auto& chain = source.chain;
  if (std::find(chain.begin(), chain.end(), path) != chain.end()) {
    return extends->Error("policies extend one another in a circle");
  }
  if (chain.size() >= kMaxChain) {
    return extends->Error("more than 8 policies extend one another");
  }
  absl::StatusOr<Policy> base = ReadPolicyFile(path, chain);
  if (base.ok() || !absl::IsNotFound(base.status())) return base;
  return extends->Error("the policy it extends is no readable file");
}

absl::Status ReadKey(std::string_view key, const YamlNode& node,
                     const PolicySource& source, Policy* policy) {
  if (key == "name") {
    PHIWIRE_ASSIGN_OR_RETURN(policy->name, node.AsString());
    return absl::OkStatus();
  }
  if (key == "sensitivity") return ReadSensitivity(node, policy);
  if (key == "max_record") return ReadMaxRecord(node, policy);
  if (key == "rules") {
    return AddPaths(node, source.base_dir, &policy->rule_dirs);
  }
  if (key == "weights") {
    return ReadPath(node, source.base_dir, &policy->weights_file);
  }
  if (key == "key") {
    return ReadKeySource(node, source.base_dir, &policy->key_file);
  }
  if (key == "vault_key") {
    return ReadKeySource(node, source.base_dir, &policy->vault_key);
  }
  if (key == "old_keys") return ReadOldKeys(node, source.base_dir, policy);
  if (key == "tenant") {
    PHIWIRE_ASSIGN_OR_RETURN(policy->tenant, node.AsString());
    return absl::OkStatus();
  }
  if (key == "vault") {
    return ReadPath(node, source.base_dir, &policy->vault_file);
  }
  if (key == "columns") {
    return ReadPath(node, source.base_dir, &policy->columns_file);
  }
  if (key == "roster") {
    return ReadPath(node, source.base_dir, &policy->roster_file);
  }
  if (key == "allow") return AddTexts(node, &policy->allow);
  if (key == "deny") return AddTexts(node, &policy->deny);
  if (key == "types") return ReadTypes(node, policy);
  if (key == "slots" || key == "fields" || key == "formats") {
    return ReadPlaces(key, node, policy);
  }
  return absl::OkStatus();  // version, extends: read already
}

}  // namespace

absl::StatusOr<Policy> ReadPolicy(const YamlNode& root,
                                  const PolicySource& source) {
  PHIWIRE_RETURN_IF_ERROR(root.AllowKeys(
      {"version", "extends",   "name",   "sensitivity", "max_record",
       "rules",   "weights",   "key",    "old_keys",    "tenant",
       "vault",   "vault_key", "roster", "columns",     "allow",
       "deny",    "types",     "slots",  "fields",      "formats"}));
  PHIWIRE_RETURN_IF_ERROR(ReadVersion(root));
  PHIWIRE_ASSIGN_OR_RETURN(Policy policy, ReadBase(root, source));
  policy.name = source.name;
  for (const auto& [key, node] : root.entries()) {
    PHIWIRE_RETURN_IF_ERROR(ReadKey(key, node, source, &policy));
    policy.places[key] = node.place();
  }
  return policy;
}

absl::StatusOr<Policy> ReadPolicyFile(std::string_view path,
                                      std::vector<std::string> chain) {
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ReadYamlFile(path));
  const std::filesystem::path file{std::string(path)};
  const std::filesystem::path folder = file.parent_path();
  chain.push_back(file.lexically_normal().string());
  return ReadPolicy(root, {folder.empty() ? "." : folder.string(),
                           file.stem().string(), std::move(chain)});
}

}  // namespace phiwire
