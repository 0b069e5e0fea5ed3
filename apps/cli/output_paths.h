// SPDX-License-Identifier: Apache-2.0
//
// Where the outputs of a run go: one file for all, or a folder that mirrors
// the inputs, with "folder-0001" and "document-0017.txt" for unsafe names
// (names.h). All paths of a folder are different. A bit an input is kept, and
// the path put together when it is asked for.
//
// Threads: reading from any. The inputs outlive it.

#ifndef PHIWIRE_APPS_CLI_OUTPUT_PATHS_H_
#define PHIWIRE_APPS_CLI_OUTPUT_PATHS_H_

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "apps/cli/input_list.h"
#include "apps/cli/names.h"

namespace phiwire::cli {

class OutputPaths {
 public:
  // All inputs go to one place; empty: standard output.
  OutputPaths(std::string path, const InputList& inputs)
      : inputs_(&inputs), front_(std::move(path)) {}
  // Below a folder.
  OutputPaths(const std::string& folder, const InputList& inputs,
              NameFilter* filter);

  std::size_t size() const { return inputs_->size(); }
  std::string operator[](std::size_t i) const;

  // Those the outputs lie in, each once.
  std::vector<std::string> Folders() const;

 private:
  void NameFolders(NameFilter* filter);
  std::string Shown(std::size_t i) const;
  bool AnyTwice() const;
  void MakeUnique();

  const InputList* inputs_;
  std::string front_;  // of all paths
  // By the inputs' folders; empty: all go to one place.
  std::vector<std::string> folders_;
  std::vector<bool> neutral_;                 // has another name than its input
  std::map<std::size_t, std::string> again_;  // of one name several; rare
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_OUTPUT_PATHS_H_
