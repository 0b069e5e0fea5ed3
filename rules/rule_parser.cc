// SPDX-License-Identifier: Apache-2.0

#include "rules/rule_parser.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/types.h"
#include "rules/phrase_cues.h"
#include "rules/rule_fields.h"

namespace phiwire {
namespace {

// A whole number of -most .. most, not 0 unless `zero`.
absl::StatusOr<std::int8_t> ReadOffset(const YamlNode& node, int most,
                                       bool zero) {
  PHIWIRE_ASSIGN_OR_RETURN(const long long value, node.AsInt());
  if (value < -most || value > most || (value == 0 && !zero)) {
    const std::string m = std::to_string(most);
    return node.Error(
        Concat({"expected -", m, " to ", m, zero ? "" : ", not 0"}));
  }
  return static_cast<std::int8_t>(value);
}

absl::Status ReadBeside(const YamlNode& node, Condition* c) {
  PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"beside", "symbol", "negate"}));
  const YamlNode* symbols = node.Get("symbol");
  if (symbols == nullptr) return node.Error("beside needs symbol");
  for (const YamlNode* item : Items(*symbols)) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string text, item->AsString());
    if (text == "edge") {
      c->edge = true;
    } else if (text.size() == 1 && text[0] > ' ' && text[0] < 0x7F &&
               !IsOneToken(text)) {
      c->symbols.push_back(static_cast<std::uint8_t>(text[0]));
    } else {
      return item->Error(
          "expected one ASCII punctuation character, or edge (of the line)");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadLine(const YamlNode& node, LineTest* test) {
  PHIWIRE_RETURN_IF_ERROR(
      node.AllowKeys({"section", "label", "label_distance", "column", "above",
                      "words", "start", "end", "blank_before", "table"}));
  PHIWIRE_RETURN_IF_ERROR(ReadHashesAt(node, "section", &test->sections));
  PHIWIRE_RETURN_IF_ERROR(ReadHashesAt(node, "label", &test->labels));
  PHIWIRE_RETURN_IF_ERROR(ReadHashesAt(node, "column", &test->columns));
  PHIWIRE_RETURN_IF_ERROR(ReadHashesAt(node, "above", &test->aboves));
  PHIWIRE_RETURN_IF_ERROR(
      ReadRangeAt(node, "label_distance", &test->label_distance));
  PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, "words", &test->words));
  PHIWIRE_RETURN_IF_ERROR(ReadBoolAt(node, "start", &test->start));
  PHIWIRE_RETURN_IF_ERROR(ReadBoolAt(node, "end", &test->end));
  PHIWIRE_RETURN_IF_ERROR(
      ReadBoolAt(node, "blank_before", &test->blank_before));
  return ReadBoolAt(node, "table", &test->table);
}

absl::Status ReadSeen(const YamlNode& node, SeenTest* test) {
  PHIWIRE_RETURN_IF_ERROR(
      node.AllowKeys({"lower", "title", "upper", "titled"}));
  PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, "lower", &test->lower));
  PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, "title", &test->title));
  PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, "upper", &test->upper));
  return ReadRangeAt(node, "titled", &test->titled);
}

absl::Status ReadPhrase(const YamlNode& node, Condition* c) {
  PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"phrase", "distance", "negate"}));
  std::size_t group = 0;
  PHIWIRE_ASSIGN_OR_RETURN(const std::string name,
                           node.Get("phrase")->AsString());
  while (group < kPhraseGroupCount && kPhraseGroupNames[group] != name) {
    ++group;
  }
  if (group == kPhraseGroupCount) {
    return node.Get("phrase")->Error(
        Concat({"unknown phrase group ", ShownKey(name)}));
  }
  c->phrase_group = static_cast<std::uint8_t>(group);
  const YamlNode* distance = node.Get("distance");
  if (distance == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(const long long words, distance->AsInt());
  if (words < 0 || words > kMaxRuleOffset) {
    return distance->Error(
        Concat({"expected 0 to ", std::to_string(kMaxRuleOffset)}));
  }
  c->phrase_distance = static_cast<std::uint8_t>(words);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::uint64_t> RuleParser::ReadClasses(
    const YamlNode& node) const {
  std::uint64_t mask = 0;
  for (const YamlNode* item : Items(node)) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string name, item->AsString());
    const int bit = classes_.Bit(name);
    if (bit < 0) {
      return item->Error(Concat({"unknown word class ", ShownKey(name)}));
    }
    mask |= std::uint64_t{1} << bit;
  }
  return mask;
}

absl::Status RuleParser::ReadWords(const YamlNode& node, WordTest* test) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> words,
                           ReadTokens(node));
  test->words = SortedHashes(words);
  const auto [list, added] = lists_.emplace(test->words, lists_.size());
  const std::size_t bit = list->second % 64;
  if (added) {
    for (const std::string& word : words) {
      marks_.AddWord(static_cast<int>(bit), word);
    }
  }
  test->marks = std::uint64_t{1} << bit;
  return absl::OkStatus();
}

absl::Status RuleParser::ReadWordLists(const YamlNode& node, WordTest* test) {
  if (const YamlNode* n = node.Get("class"); n != nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(test->any_class, ReadClasses(*n));
  }
  if (const YamlNode* n = node.Get("not_class"); n != nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(test->no_class, ReadClasses(*n));
  }
  if (const YamlNode* n = node.Get("word"); n != nullptr) {
    PHIWIRE_RETURN_IF_ERROR(ReadWords(*n, test));
  }
  if (const YamlNode* n = node.Get("covered"); n != nullptr) {
    for (const YamlNode* item : Items(*n)) {
      PHIWIRE_ASSIGN_OR_RETURN(const PhiType type, ReadType(*item));
      test->covered |= 1u << static_cast<unsigned>(type);
    }
  }
  return absl::OkStatus();
}

absl::Status RuleParser::ReadWord(const YamlNode& node, WordTest* test) {
  PHIWIRE_RETURN_IF_ERROR(node.AllowKeys(
      {"at", "within", "class", "not_class", "word", "case", "kind", "lex",
       "value", "length", "shape", "run", "covered", "negate"}));
  if (node.entries().size() < 2) {
    return node.Error("a condition on a word needs something to ask of it");
  }
  PHIWIRE_RETURN_IF_ERROR(ReadWordLists(node, test));
  return ReadWordFields(node, test);
}

absl::StatusOr<Condition> RuleParser::ReadCondition(const YamlNode& node) {
  using Kind = Condition::Kind;
  const std::initializer_list<std::pair<std::string_view, Kind>> kinds = {
      {"at", Kind::kAt},         {"within", Kind::kWithin},
      {"beside", Kind::kBeside}, {"line", Kind::kLine},
      {"seen", Kind::kSeen},     {"phrase", Kind::kPhrase}};
  Condition c;
  const YamlNode* head = nullptr;
  for (const auto& [key, kind] : kinds) {
    if (node.Get(key) == nullptr) continue;
    if (head != nullptr) {
      return node.Error(
          "a condition has only one of at, within, beside, "
          "line, seen, phrase");
    }
    head = node.Get(key);
    c.kind = kind;
  }
  if (head == nullptr) {
    return node.Error(
        "a condition needs one of at, within, beside, line, seen, phrase");
  }
  if (const YamlNode* negate = node.Get("negate"); negate != nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(c.negate, negate->AsBool());
  }
  if (c.kind == Kind::kAt || c.kind == Kind::kWithin) {
    PHIWIRE_ASSIGN_OR_RETURN(
        c.offset, ReadOffset(*head, kMaxRuleOffset, c.kind == Kind::kAt));
    PHIWIRE_RETURN_IF_ERROR(ReadWord(node, &c.word));
  } else if (c.kind == Kind::kBeside) {
    PHIWIRE_ASSIGN_OR_RETURN(c.offset,
                             ReadOffset(*head, kMaxRuleOffset, false));
    PHIWIRE_RETURN_IF_ERROR(ReadBeside(node, &c));
  } else if (c.kind == Kind::kPhrase) {
    PHIWIRE_RETURN_IF_ERROR(ReadPhrase(node, &c));
  } else {
    PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"line", "seen", "negate"}));
    PHIWIRE_RETURN_IF_ERROR(c.kind == Kind::kLine ? ReadLine(*head, &c.line)
                                                  : ReadSeen(*head, &c.seen));
  }
  return c;
}

absl::Status RuleParser::ReadRule(const YamlNode& node) {
  PHIWIRE_RETURN_IF_ERROR(
      node.AllowKeys({"name", "type", "log_odds", "doc", "when"}));
  for (const char* key : {"name", "type", "log_odds", "when"}) {
    if (node.Get(key) == nullptr) {
      return node.Error(Concat({"a rule needs ", key}));
    }
  }
  ParsedRule rule;
  PHIWIRE_ASSIGN_OR_RETURN(rule.name, node.Get("name")->AsString());
  const bool plain =
      !rule.name.empty() && rule.name.size() <= 64 &&
      std::all_of(rule.name.begin(), rule.name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
      });
  if (!plain) {
    return node.Get("name")->Error(
        "a rule's name is a-z, 0-9 and _, 1 to 64 of them");
  }
  for (const ParsedRule& other : rules_) {
    if (other.name == rule.name) {
      return node.Get("name")->Error(
          Concat({"there is a rule ", ShownKey(rule.name), " already"}));
    }
  }
  PHIWIRE_ASSIGN_OR_RETURN(const PhiType type, ReadType(*node.Get("type")));
  rule.group = GroupOf(type);
  PHIWIRE_ASSIGN_OR_RETURN(const double log_odds,
                           node.Get("log_odds")->AsDouble());
  if (log_odds < -8 || log_odds > 8) {
    return node.Get("log_odds")->Error("expected -8 to 8");
  }
  rule.log_odds = static_cast<float>(log_odds);
  const YamlNode* when = node.Get("when");
  if (!when->is_list() || when->entries().empty()) {
    return when->Error("expected a list of conditions");
  }
  for (const auto& [unused, condition] : when->entries()) {
    PHIWIRE_ASSIGN_OR_RETURN(Condition c, ReadCondition(condition));
    rule.conditions.push_back(std::move(c));
  }
  rules_.push_back(std::move(rule));
  return absl::OkStatus();
}

absl::Status RuleParser::Read(const YamlNode& root) {
  PHIWIRE_RETURN_IF_ERROR(root.AllowKeys({"version", "rules"}));
  const YamlNode* version = root.Get("version");
  if (version == nullptr) return root.Error("no key \"version\"");
  PHIWIRE_ASSIGN_OR_RETURN(const long long number, version->AsInt());
  if (number != 1) return version->Error("expected version 1");
  const YamlNode* list = root.Get("rules");
  if (list == nullptr) return root.Error("no key \"rules\"");
  if (!list->is_list()) return list->Error("expected a list of rules");
  for (const auto& [unused, node] : list->entries()) {
    if (!node.is_map()) return node.Error("expected a rule");
    PHIWIRE_RETURN_IF_ERROR(ReadRule(node));
  }
  return absl::OkStatus();
}

}  // namespace phiwire
