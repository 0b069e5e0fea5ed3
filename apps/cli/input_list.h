// SPDX-License-Identifier: Apache-2.0
//
// The inputs a command line names: files, folders (walked recursively, in
// sorted order) and "-" for standard input. A folder may hold millions, so an
// input takes some 40 bytes here and is put together when it is asked for:
//
//   for (const Input input : list) ...
//
// Nothing here puts a path or content into a Status: the caller names the
// input (diagnostics.h). Symbolic links to folders, what is neither file nor
// folder, and what runs keep for themselves (".phiwire-...") are left out.
// Threads: reading from any.

#ifndef PHIWIRE_APPS_CLI_INPUT_LIST_H_
#define PHIWIRE_APPS_CLI_INPUT_LIST_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/inputs.h"

namespace phiwire::cli {

class InputList {
 public:
  // An argument: what stands before the paths of its inputs, and before
  // their `relative`.
  struct Root {
    std::string path;
    std::string relative;
    bool operator==(const Root&) const = default;
  };

  class Iterator {
   public:
    Iterator(const InputList& list, std::size_t at) : list_(list), at_(at) {}
    Input operator*() const { return list_[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const InputList& list_;
    std::size_t at_;
  };

  std::size_t size() const { return entries_.size(); }
  Input operator[](std::size_t i) const;
  Iterator begin() const { return Iterator(*this, 0); }
  Iterator end() const { return Iterator(*this, size()); }

  bool any_folder() const { return any_folder_; }
  // Of all.
  std::uint64_t bytes() const { return bytes_; }

  // Folders with inputs in the order of their first ones; a folder's
  // `relative` is empty or ends in '/'.
  std::size_t folders() const { return folders_.size(); }
  std::string FolderRelative(std::size_t folder) const;
  std::size_t FolderOf(std::size_t i) const { return entries_[i].folder; }
  std::string_view NameOf(std::size_t i) const;

  // A folder, by its path below the root: "" or "a/b/".
  std::size_t AddFolder(const Root& root, std::string below);
  void Add(std::size_t folder, std::string_view name, std::uint64_t bytes);
  // One whose path is not its folder's with `name` behind.
  void AddOdd(std::size_t folder, std::string_view name, std::string path,
              absl::Status status);
  void SayAnyFolder() { any_folder_ = true; }

 private:
  struct Entry {
    std::size_t name = 0;  // where it begins in names_
    std::uint64_t bytes = 0;
    std::uint32_t folder = 0;
  };

  struct Folder {
    std::size_t root = 0;
    std::string below;
  };
  struct Odd {
    std::string path;
    absl::Status status;
  };

  std::vector<Entry> entries_;
  std::string names_;  // one behind the other
  std::vector<Folder> folders_;
  std::vector<Root> roots_;
  std::map<std::size_t, Odd> odd_;
  std::uint64_t bytes_ = 0;
  bool any_folder_ = false;
};

// kNotFound "input 2: no such file or folder", by the ordinal of the argument.
// No arguments mean standard input. With several arguments a folder's own name
// leads its files' `relative`.
absl::StatusOr<InputList> ListInputs(std::span<const std::string> arguments);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_INPUT_LIST_H_
