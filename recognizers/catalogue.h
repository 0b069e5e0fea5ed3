// SPDX-License-Identifier: Apache-2.0
//
// The catalogue: one strict YAML file an identifier, with its patterns, labels,
// validator, documentation and examples. Read once, immutable, thread-safe.
// Errors read "FILE:LINE:COLUMN: what is wrong" and name the rule.
//
//   PHIWIRE_ASSIGN_OR_RETURN(Catalogue c, Catalogue::Load(built_in,
//   site_dirs)); c.rules()[candidate.pattern].id   // "date/numeric",
//   "site/ssn/ours"
//
// A pattern has one trigger: `regex` (Hyperscan's and RE2's common syntax,
// {{name}} stands for an entry of `define`), `anchors` (words and phrases
// found on tokens), or `labels: true` (every label of the type). A `walker`
// finds both ends from the trigger; without one they are the match itself, or
// the `part` of it. `at: token` takes a regex out of Hyperscan's database and
// tries it where a token with a digit, or a sign or capitals before one,
// begins (shape_set.h): for shapes of numbers and codes. `at: word` takes out
// one that begins with a word boundary and one of a few words
// (word_shapes.h).

#ifndef PHIWIRE_RECOGNIZERS_CATALOGUE_H_
#define PHIWIRE_RECOGNIZERS_CATALOGUE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/types.h"
#include "recognizers/validators/validators.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {

enum class Require : std::uint8_t { kNone, kValidator, kContext };

struct PatternRule {
  std::string id;      // "ssn/dashed"
  std::string source;  // "ssn.yaml:7"
  PhiType type = PhiType::kName;
  // The trigger: exactly one of the three.
  std::string regex;
  std::vector<std::string> anchors;
  bool at_labels = false;
  bool at_token = false;  // the regex is tried at number-like tokens only
  bool at_word = false;   // it is tried at the words it can begin with only
  bool caseless = false;
  std::string part;  // RE2: what of the match is the candidate
  Validator validator = nullptr;
  const NamedWalker* walker = nullptr;
  std::string validator_name;
  std::string walker_name;
  Require require = Require::kNone;
  bool proof = false;
  std::uint32_t max = 64;  // bytes of a match
  // Probabilities: alone; under a label; when the validator (or the walker's
  // full form) does not hold and there is no label.
  float score = 0;
  float labelled = 0;
  float invalid = 0;
};

struct Example {
  std::string text;
  std::string surface;  // empty for a negative one
  std::string source;   // "ssn.yaml:41"
};

struct TypeEntry {
  std::string doc;
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::uint32_t distance = 30;  // bytes between a label and its value
  std::vector<Example> positive;
  std::vector<Example> negative;
};

class Catalogue {
 public:
  // Every *.yaml of built_in_dir; and of the site's, whose rules' ids begin
  // with "site/" and which may hold files of other schemas too: those without
  // a `type` are left alone.
  static absl::StatusOr<Catalogue> Load(
      std::string_view built_in_dir,
      std::span<const std::string> site_dirs = {});

  // Adds one file's text; for tests and `rules check`.
  absl::Status AddFile(std::string_view text, std::string_view source_name,
                       bool site);

  const std::vector<PatternRule>& rules() const { return rules_; }
  const TypeEntry& type(PhiType type) const {
    return types_[static_cast<std::size_t>(type)];
  }

 private:
  friend class CatalogueReader;
  std::vector<PatternRule> rules_;
  std::array<TypeEntry, kPhiTypeCount> types_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_CATALOGUE_H_
