// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/output_paths.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <set>
#include <string_view>

#include "base/strings.h"

namespace phiwire::cli {
namespace {

std::string Numbered(const char* word, std::size_t number) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%s-%04zu", word, number);
  return buffer;
}

// The name made different from all in `taken`: "a.txt", "a-2.txt", ...
std::string Unique(const std::string& path, std::set<std::string>* taken) {
  std::string name = path;
  for (std::size_t i = 2; !taken->insert(name).second; ++i) {
    const std::string_view extension = Extension(path);
    name = Concat(
        {std::string_view(path).substr(0, path.size() - extension.size()), "-",
         std::to_string(i), extension});
  }
  return name;
}

}  // namespace

OutputPaths::OutputPaths(const std::string& folder, const InputList& inputs,
                         NameFilter* filter)
    : inputs_(&inputs), front_((std::filesystem::path(folder) / "").string()) {
  NameFolders(filter);
  neutral_.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    neutral_.push_back(!filter->IsSafe(Stem(inputs.NameOf(i))));
  }
  if (AnyTwice()) MakeUnique();
}

void OutputPaths::NameFolders(NameFilter* filter) {
  std::map<std::string, std::string> known;  // raw path -> neutral path
  known.emplace("", "");
  std::size_t unsafe = 0;
  for (std::size_t f = 0; f < inputs_->folders(); ++f) {
    const std::string relative = inputs_->FolderRelative(f);
    std::string folder;  // as mirrored, ending in '/'
    std::size_t begin = 0;
    for (std::size_t slash;
         (slash = relative.find('/', begin)) != std::string::npos;
         begin = slash + 1) {
      const std::string raw = relative.substr(0, slash);
      auto it = known.find(raw);
      if (it == known.end()) {
        const std::string name = relative.substr(begin, slash - begin);
        const std::string shown =
            filter->IsSafe(name) ? name : Numbered("folder", ++unsafe);
        it = known.emplace(raw, Concat({folder, shown, "/"})).first;
      }
      folder = it->second;
    }
    folders_.push_back(std::move(folder));
  }
}

// Below the output folder, before it is made unique.
std::string OutputPaths::Shown(std::size_t i) const {
  const std::string& folder = folders_[inputs_->FolderOf(i)];
  const std::string_view name = inputs_->NameOf(i);
  if (!neutral_[i]) return Concat({folder, name});
  return Concat({folder, Numbered("document", i + 1), Extension(name)});
}

// Or perhaps so: one hash of two names will do.
bool OutputPaths::AnyTwice() const {
  std::vector<std::size_t> hashes;
  hashes.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) {
    hashes.push_back(std::hash<std::string>()(Shown(i)));
  }
  std::sort(hashes.begin(), hashes.end());
  return std::adjacent_find(hashes.begin(), hashes.end()) != hashes.end();
}

void OutputPaths::MakeUnique() {
  std::set<std::string> taken;
  for (std::size_t i = 0; i < size(); ++i) {
    const std::string shown = Shown(i);
    std::string name = Unique(shown, &taken);
    if (name != shown) again_.emplace(i, std::move(name));
  }
}

std::string OutputPaths::operator[](std::size_t i) const {
  if (folders_.empty()) return front_;
  const auto again = again_.find(i);
  return front_ + (again == again_.end() ? Shown(i) : again->second);
}

std::vector<std::string> OutputPaths::Folders() const {
  const std::set<std::string> once(folders_.begin(), folders_.end());
  std::vector<std::string> out;
  for (const std::string& folder : once) out.push_back(front_ + folder);
  return out;
}

}  // namespace phiwire::cli
