// SPDX-License-Identifier: Apache-2.0
//
// Reads context rules (context/rules.yaml, a site's rules.yaml) into compiled
// conditions. Strict: an unknown key, class, type or case is an error with
// file, line and column. The file's own head explains the language.

#ifndef PHIWIRE_RULES_RULE_PARSER_H_
#define PHIWIRE_RULES_RULE_PARSER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/yaml.h"
#include "engine/word_classes.h"
#include "rules/groups.h"
#include "rules/rule_condition.h"

namespace phiwire {

struct ParsedRule {
  std::string name;
  Group group = Group::kNone;
  float log_odds = 0;
  std::vector<Condition> conditions;  // all must hold
};

class RuleParser {
 public:
  explicit RuleParser(const WordClasses& classes) : classes_(classes) {}

  // Appends the file's rules; a name that stood before is an error.
  absl::Status Read(const YamlNode& root);

  std::vector<ParsedRule>& rules() { return rules_; }
  // Every word that a condition names, to one of 64 bits (WordTest::marks):
  // lists beyond the 64th share a bit, which only weakens the prefilter.
  const WordClasses& marks() const { return marks_; }

 private:
  absl::Status ReadRule(const YamlNode& node);
  absl::StatusOr<Condition> ReadCondition(const YamlNode& node);
  absl::Status ReadWord(const YamlNode& node, WordTest* test);
  absl::Status ReadWordLists(const YamlNode& node, WordTest* test);
  absl::StatusOr<std::uint64_t> ReadClasses(const YamlNode& node) const;
  absl::Status ReadWords(const YamlNode& node, WordTest* test);

  const WordClasses& classes_;
  std::vector<ParsedRule> rules_;
  std::map<std::vector<std::uint32_t>, std::size_t> lists_;
  WordClasses marks_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_RULE_PARSER_H_
