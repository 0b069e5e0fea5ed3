// SPDX-License-Identifier: Apache-2.0
//
// The values that stand in rules.yaml: ranges, words, shapes, lexicon fields.
// Every error has its place in the file. Stateless; for rule_parser.cc.
//
//   PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, "words", &test->words));

#ifndef PHIWIRE_RULES_RULE_FIELDS_H_
#define PHIWIRE_RULES_RULE_FIELDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/yaml.h"
#include "phiwire/types.h"
#include "rules/rule_condition.h"

namespace phiwire {

// The entries of a list, or the node itself.
std::vector<const YamlNode*> Items(const YamlNode& node);

// Letters, digits and apostrophes inside: what the tokeniser takes for a word.
bool IsOneToken(std::string_view word);

// Words as they are hashed (folded); an empty list is an error.
absl::StatusOr<std::vector<std::string>> ReadTokens(const YamlNode& node);
std::vector<std::uint32_t> SortedHashes(const std::vector<std::string>& words);

absl::StatusOr<PhiType> ReadType(const YamlNode& node);

// The value of a key, which may be absent: then *out stays as it is.
absl::Status ReadRangeAt(const YamlNode& map, std::string_view key,
                         IntRange* out);
absl::Status ReadBoolAt(const YamlNode& map, std::string_view key,
                        std::optional<bool>* out);
absl::Status ReadHashesAt(const YamlNode& map, std::string_view key,
                          std::vector<std::uint32_t>* out);

// case, kind, shape, run, value, length and lex of a condition on a word.
absl::Status ReadWordFields(const YamlNode& node, WordTest* test);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_RULE_FIELDS_H_
