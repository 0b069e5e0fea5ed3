// SPDX-License-Identifier: Apache-2.0
//
// File names carry PHI ("doe_john_1962.txt"), and a name alone gives an engine
// that reads sentences little to go by. So a name is shown, or used for an
// output, only when each of its words is a known one that few people bear as a
// name, and it holds at most five digits and three letters that stand alone;
// something neutral takes the place of any other. A name that means something
// to a reader who knows the patients can still pass: it is a filter, not a
// proof.
//
// Threads: one at a time (verdicts are remembered).

#ifndef PHIWIRE_APPS_CLI_NAMES_H_
#define PHIWIRE_APPS_CLI_NAMES_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "apps/cli/inputs.h"
#include "base/lexicon.h"

namespace phiwire::cli {

class NameFilter {
 public:
  // Opens the engine's lexicon at the first name; none is safe when it can't.
  // `raw`: every name passes (--show-paths, --keep-names).
  explicit NameFilter(bool raw) : raw_(raw) {}

  bool raw() const { return raw_; }

  // Of one component of a path, without its extension.
  bool IsSafe(std::string_view name);

  // The path with "*" for each unsafe component: "notes/*.txt".
  std::string Shown(std::string_view path);

 private:
  bool IsPlainWord(std::string_view word) const;

  bool Judge(std::string_view name);

  std::optional<absl::StatusOr<Lexicon>> lexicon_;  // none: not opened yet
  bool raw_;
  // Of the last names: folders come again and again, files seldom.
  std::map<std::string, bool, std::less<>> verdicts_;
};

// ".txt", ".HL7", ".txt.gz": known endings; empty for any other.
std::string_view Extension(std::string_view name);
// What stands before it.
std::string_view Stem(std::string_view name);

// How messages name an input: "standard input", its path below its root
// filtered, or with a raw filter its path as it is.
std::string ShownName(const Input& input, NameFilter* filter);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_NAMES_H_
