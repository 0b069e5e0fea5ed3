// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/originals.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "apps/cli/own_files.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

absl::Status Overwritten(std::string_view what) {
  return absl::InvalidArgumentError(
      Concat({"-o ", what, ": the originals are not overwritten"}));
}

bool SamePlace(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

// Whether `path` is `folder` or lies in it, by its own parents.
bool HasParent(fs::path path, const fs::path& folder) {
  while (!path.empty()) {
    if (SamePlace(path, folder)) return true;
    fs::path parent = path.parent_path();
    if (parent == path) return false;
    path = std::move(parent);
  }
  return false;
}

// As it is written, or where its links lead; it need not exist yet.
bool LiesIn(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error);
  return HasParent(whole.lexically_normal(), folder) ||
         HasParent(fs::weakly_canonical(whole, error), folder);
}

// Both without links.
bool IsOrLiesIn(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) &&
                            (folder.ends_with('/') ||
                             path.substr(folder.size()).starts_with('/')));
}

using Places = std::unordered_set<std::string>;

// Of inputs in those folders: theirs, and those of the files they link to.
Places InputsIn(const Places& folders, const InputList& list) {
  PathResolver resolver;
  Places inputs;
  for (const Input input : list) {
    for (std::string place :
         {resolver.Place(input.path), resolver.Resolve(input.path)}) {
      const std::string folder = place.substr(0, place.rfind('/'));
      if (folders.contains(folder)) inputs.insert(std::move(place));
    }
  }
  return inputs;
}

// The folders of the outputs; none of them is one of the arguments.
absl::StatusOr<Places> FoldersApart(const OutputPaths& targets,
                                    std::span<const std::string> arguments) {
  std::error_code error;
  std::vector<std::string> roots;
  for (const std::string& argument : arguments) {
    if (fs::is_directory(argument, error)) {
      roots.push_back(fs::weakly_canonical(argument, error).string());
    }
  }
  PathResolver resolver;
  Places folders;
  for (const std::string& folder : targets.Folders()) {
    std::string place = resolver.ResolveFolder(folder);
    for (const std::string& root : roots) {
      if (IsOrLiesIn(place, root)) return Overwritten("reaches into an input");
    }
    folders.insert(std::move(place));
  }
  return folders;
}

}  // namespace

absl::Status CheckOutputApart(const std::string& output,
                              std::span<const std::string> arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "-") continue;
    std::error_code error;
    const bool inside = fs::is_directory(argument, error)
                            ? LiesIn(output, argument)
                            : SamePlace(output, argument);
    if (inside) return Overwritten("is or lies in an input");
  }
  return absl::OkStatus();
}

absl::Status CheckTargetsApart(const OutputPaths& targets,
                               std::span<const std::string> arguments,
                               const InputList& list) {
  PHIWIRE_ASSIGN_OR_RETURN(const Places folders,
                           FoldersApart(targets, arguments));
  const Places inputs = InputsIn(folders, list);
  PathResolver resolver;
  std::error_code error;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string target = targets[i];
    const bool original =
        !inputs.empty() && (inputs.contains(resolver.Place(target)) ||
                            inputs.contains(resolver.Resolve(target)));
    // A hard link, too.
    if (original ||
        (fs::exists(target, error) && SamePlace(target, list[i].path))) {
      return Overwritten("holds an input");
    }
  }
  return absl::OkStatus();
}

}  // namespace phiwire::cli
