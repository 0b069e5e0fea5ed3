// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/input_list.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOwnPrefix = ".phiwire-";

// What a folder holds, by name.
struct Content {
  std::string name;
  bool folder = false;
};

absl::StatusOr<std::vector<Content>> ContentOf(const fs::path& folder) {
  std::error_code error;
  std::vector<Content> contents;
  for (fs::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::string name = it->path().filename().string();
    // A manifest, a list: of a run that had this folder for its output.
    if (name.starts_with(kOwnPrefix)) continue;
    std::error_code ignored;  // gone meanwhile: nothing to read
    const bool inner = it->is_directory(ignored);
    if (inner ? it->is_symlink(ignored) : !it->is_regular_file(ignored)) {
      continue;
    }
    contents.push_back({std::move(name), inner});
  }
  if (error) {
    return absl::PermissionDeniedError(
        Concat({"the folder can't be read: ", error.message()}));
  }
  std::sort(contents.begin(), contents.end(),
            [](const Content& a, const Content& b) { return a.name < b.name; });
  return contents;
}

std::uint64_t SizeOf(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

// `below` the root: "" or "a/b/".
void Walk(const fs::path& folder, const InputList::Root& root,
          const std::string& below, InputList* list) {
  const auto contents = ContentOf(folder);
  if (!contents.ok()) {
    list->AddOdd(list->AddFolder(root, below), ".", folder.string(),
                 contents.status());
    return;
  }
  std::optional<std::size_t> here;
  for (const Content& content : *contents) {
    const fs::path path = folder / content.name;
    if (content.folder) {
      Walk(path, root, Concat({below, content.name, "/"}), list);
      continue;
    }
    if (!here) here = list->AddFolder(root, below);
    list->Add(*here, content.name, SizeOf(path));
  }
}

std::string FolderName(const fs::path& folder) {
  fs::path name = folder.lexically_normal();
  if (!name.has_filename()) name = name.parent_path();
  const std::string last = name.filename().string();
  return last.empty() || last == "." || last == ".." ? "input" : last;
}

void AddFile(std::string_view path, InputList* list) {
  const std::size_t name = path.rfind('/') + 1;  // npos + 1 is 0
  const std::string folder(path.substr(0, name));
  list->Add(list->AddFolder({folder, ""}, ""), path.substr(name), SizeOf(path));
}

void AddStandardInput(InputList* list) {
  list->AddOdd(list->AddFolder({"", ""}, ""), "standard-input", "-",
               absl::OkStatus());
}

}  // namespace

std::string_view InputList::NameOf(std::size_t i) const {
  const std::size_t begin = entries_[i].name;
  const std::size_t end =
      i + 1 < entries_.size() ? entries_[i + 1].name : names_.size();
  return std::string_view(names_).substr(begin, end - begin);
}

std::string InputList::FolderRelative(std::size_t folder) const {
  const Folder& it = folders_[folder];
  return roots_[it.root].relative + it.below;
}

Input InputList::operator[](std::size_t i) const {
  const Entry& entry = entries_[i];
  const Folder& folder = folders_[entry.folder];
  Input input;
  input.ordinal = i + 1;
  input.bytes = entry.bytes;
  input.relative = FolderRelative(entry.folder).append(NameOf(i));
  const auto odd = odd_.find(i);
  if (odd == odd_.end()) {
    input.path = Concat({roots_[folder.root].path, folder.below, NameOf(i)});
  } else {
    input.path = odd->second.path;
    input.status = odd->second.status;
  }
  return input;
}

std::size_t InputList::AddFolder(const Root& root, std::string below) {
  if (roots_.empty() || roots_.back() != root) roots_.push_back(root);
  const std::size_t last = roots_.size() - 1;
  const bool known = !folders_.empty() && folders_.back().root == last &&
                     folders_.back().below == below;
  if (!known) folders_.push_back({last, std::move(below)});
  return folders_.size() - 1;
}

void InputList::Add(std::size_t folder, std::string_view name,
                    std::uint64_t bytes) {
  entries_.push_back(
      {names_.size(), bytes, static_cast<std::uint32_t>(folder)});
  names_ += name;
  bytes_ += bytes;
}

void InputList::AddOdd(std::size_t folder, std::string_view name,
                       std::string path, absl::Status status) {
  odd_.emplace(size(), Odd{std::move(path), std::move(status)});
  Add(folder, name, 0);
}

absl::StatusOr<InputList> ListInputs(std::span<const std::string> arguments) {
  InputList list;
  if (arguments.empty()) AddStandardInput(&list);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-") {
      AddStandardInput(&list);
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (!fs::exists(status)) {
      return absl::NotFoundError(
          Concat({"input ", std::to_string(i + 1), ": ",
                  error ? error.message() : "no such file or folder"}));
    }
    if (fs::is_directory(status)) {
      list.SayAnyFolder();
      const bool alone = arguments.size() == 1;
      Walk(argument,
           {(fs::path(argument) / "").string(),
            alone ? "" : FolderName(argument) + "/"},
           "", &list);
    } else {
      AddFile(argument, &list);
    }
  }
  return list;
}

}  // namespace phiwire::cli
