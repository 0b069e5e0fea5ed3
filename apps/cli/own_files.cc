// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/own_files.h"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFile = "file:";

// A key's source as a path; "fd:3" is one that no output has.
std::string KeyPath(std::string_view source) {
  if (source.starts_with(kFile)) source.remove_prefix(kFile.size());
  return std::string(source);
}

}  // namespace

std::string PathResolver::Resolve(const std::string& path) {
  std::error_code error;
  return fs::is_symlink(path, error)
             ? fs::weakly_canonical(path, error).string()
             : Place(path);
}

std::string PathResolver::Place(const std::string& path) {
  const fs::path whole(path);
  std::string folder = whole.parent_path().string();
  if (!any_ || folder != folder_) {
    resolved_ = ResolveFolder(folder);
    folder_ = std::move(folder);
    any_ = true;
  }
  return resolved_ + "/" + whole.filename().string();
}

std::string PathResolver::ResolveFolder(const std::string& folder) {
  std::error_code error;
  // Whole first: of a relative one that does not exist nothing is resolved.
  const fs::path whole = fs::absolute(folder.empty() ? "." : folder, error);
  std::string resolved = fs::weakly_canonical(whole, error).string();
  if (resolved.size() > 1 && resolved.ends_with('/')) resolved.pop_back();
  return resolved;
}

bool SameFile(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return false;
  std::error_code error;
  if (fs::equivalent(a, b, error)) return true;
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

absl::Status CheckOwnFiles(const Policy& policy, const std::string& policy_name,
                           const OutputPaths& targets) {
  // A built-in policy's name is no file's.
  std::error_code error;
  const bool file = fs::is_regular_file(policy_name, error);
  std::vector<std::pair<std::string_view, std::string>> own = {
      {"policy", file ? policy_name : ""},
      {"key", KeyPath(policy.key_file)},
      {"vault's key", KeyPath(policy.vault_key)},
      {"vault", policy.vault_file},
      {"roster", policy.roster_file},
      {"column map", policy.columns_file},
      {"weights file", policy.weights_file}};
  for (const std::string& source : policy.old_keys) {
    own.emplace_back("key", KeyPath(source));
  }
  std::erase_if(own, [](const auto& item) { return item.second.empty(); });
  PathResolver paths;
  for (auto& [what, path] : own) path = paths.Resolve(path);
  for (std::size_t i = 0; !own.empty() && i < targets.size(); ++i) {
    const std::string target = targets[i];
    if (target.empty()) continue;
    const std::string resolved = paths.Resolve(target);
    for (const auto& [what, path] : own) {
      if (resolved != path) continue;
      return absl::InvalidArgumentError(
          Concat({"-o would overwrite the ", what}));
    }
  }
  return absl::OkStatus();
}

}  // namespace phiwire::cli
