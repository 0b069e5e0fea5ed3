// SPDX-License-Identifier: Apache-2.0
//
// File names carry PHI ("doe_john_1962.txt"). A name is shown, or used for an
// output, only when the engine finds nothing in it, read as it is and as
// title-cased words, and it holds no run of six digits; otherwise something
// neutral takes its place. A name that means something to a reader who knows
// the patients can still pass: it is a filter, not a proof.
//
// Threads: one at a time (verdicts are remembered).

#ifndef PHIWIRE_APPS_CLI_NAMES_H_
#define PHIWIRE_APPS_CLI_NAMES_H_

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "apps/cli/inputs.h"
#include "phiwire/deidentifier.h"

namespace phiwire::cli {

class NameFilter {
 public:
  // `raw`: every name passes (--show-paths, --keep-names).
  NameFilter(const Deidentifier& deid, bool raw) : deid_(deid), raw_(raw) {}

  // Of one component of a path, without its extension.
  bool IsSafe(std::string_view name);

  // The path with "*" for each unsafe component: "notes/*.txt".
  std::string Shown(std::string_view path);

 private:
  const Deidentifier& deid_;
  bool raw_;
  std::map<std::string, bool, std::less<>> verdicts_;
};

// The outputs' paths below the output folder, one an input, all different:
// `relative` with "folder-0001" and "document-0017.txt" for unsafe names.
std::vector<std::string> OutputNames(std::span<const Input> inputs,
                                     NameFilter* filter);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_NAMES_H_
