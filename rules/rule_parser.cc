// SPDX-License-Identifier: Apache-2.0

#include "rules/rule_parser.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/fold.h"
#include "base/lexicon.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/types.h"
#include "rules/phrase_cues.h"

namespace phiwire {
namespace {

template <class T>
using Names = std::initializer_list<std::pair<std::string_view, T>>;

const Names<Case> kCases = {
    {"none", Case::kNone},   {"lower", Case::kLower},
    {"upper", Case::kUpper}, {"initial", Case::kInitial},
    {"title", Case::kTitle}, {"mixed", Case::kMixed}};
const Names<TokenKind> kKinds = {{"word", TokenKind::kWord},
                                 {"number", TokenKind::kNumber},
                                 {"mixed", TokenKind::kMixed}};
const Names<WordField> kLexFields = {
    {"first", WordField::kFirst},       {"last", WordField::kLast},
    {"zipf", WordField::kZipf},         {"city", WordField::kCity},
    {"hospital", WordField::kHospital}, {"medical", WordField::kMedical},
    {"ratio", WordField::kRatio}};
const Names<std::uint16_t> kFlags = {{"dictionary", kLexDictionary},
                                     {"medical", kLexMedical},
                                     {"drug", kLexDrug},
                                     {"eponym", kLexEponym},
                                     {"stop", kLexStop},
                                     {"state", kLexState},
                                     {"country", kLexCountry},
                                     {"county", kLexCounty},
                                     {"male", kLexMale},
                                     {"female", kLexFemale},
                                     {"world_city", kLexWorldCity},
                                     {"city_word", kLexCityWord},
                                     {"hospital_word", kLexHospitalWord}};

template <class T>
absl::StatusOr<T> Named(const YamlNode& node, Names<T> names,
                        std::string_view what) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, node.AsString());
  std::string list;
  for (const auto& [name, value] : names) {
    if (name == text) return value;
    list += Concat({list.empty() ? "" : ", ", name});
  }
  return node.Error(
      Concat({"unknown ", what, " ", ShownKey(text), "; known: ", list}));
}

// The entries of a list, or the node itself.
std::vector<const YamlNode*> Items(const YamlNode& node) {
  std::vector<const YamlNode*> items;
  if (!node.is_list()) return {&node};
  for (const auto& [unused, item] : node.entries()) items.push_back(&item);
  return items;
}

std::optional<int> ParseInt(std::string_view text) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return value;
}

// "5", "2..6", ">=5", ">5", "<=5", "<5"
std::optional<IntRange> ParseRange(std::string_view text) {
  IntRange range;
  if (const std::size_t dots = text.find(".."); dots != text.npos) {
    const auto low = ParseInt(text.substr(0, dots));
    const auto high = ParseInt(text.substr(dots + 2));
    if (!low || !high || *low > *high) return std::nullopt;
    return IntRange{*low, *high};
  }
  const std::size_t digits = text.find_first_not_of("<>=");
  if (digits == text.npos) return std::nullopt;
  const std::string_view sign = text.substr(0, digits);
  const auto value = ParseInt(text.substr(digits));
  if (!value || *value < -1000000000 || *value > 1000000000) {
    return std::nullopt;
  }
  if (sign == ">=") {
    range.low = *value;
  } else if (sign == ">") {
    range.low = *value + 1;
  } else if (sign == "<=") {
    range.high = *value;
  } else if (sign == "<") {
    range.high = *value - 1;
  } else if (sign.empty()) {
    range = {*value, *value};
  } else {
    return std::nullopt;
  }
  return range;
}

absl::StatusOr<IntRange> ReadRange(const YamlNode& node) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, node.AsString());
  const auto range = ParseRange(text);
  if (!range) {
    return node.Error(
        "expected a range: 5, \"2..6\", \">=5\", \">5\", \"<=5\", \"<5\"");
  }
  return *range;
}

// Sets *range when the key is there.
absl::Status ReadRangeAt(const YamlNode& map, std::string_view key,
                         IntRange* range) {
  const YamlNode* node = map.Get(key);
  if (node == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(*range, ReadRange(*node));
  return absl::OkStatus();
}

absl::Status ReadBoolAt(const YamlNode& map, std::string_view key,
                        std::optional<bool>* out) {
  const YamlNode* node = map.Get(key);
  if (node == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(*out, node->AsBool());
  return absl::OkStatus();
}

bool IsOneToken(std::string_view word) {
  if (word.empty() || word.front() == '\'' || word.back() == '\'') return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '\'' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

absl::StatusOr<std::vector<std::string>> ReadTokens(const YamlNode& node) {
  std::vector<std::string> words;
  for (const YamlNode* item : Items(node)) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string text, item->AsString());
    if (!IsOneToken(text)) {
      return item->Error(
          "expected one word of letters and digits (several words are a "
          "phrase: phrases.yaml)");
    }
    words.push_back(Folded(text));
  }
  if (words.empty()) return node.Error("an empty list never holds");
  return words;
}

std::vector<std::uint32_t> SortedHashes(const std::vector<std::string>& words) {
  std::vector<std::uint32_t> hashes;
  for (const std::string& w : words) hashes.push_back(HashWord(w));
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

absl::Status ReadHashesAt(const YamlNode& map, std::string_view key,
                          std::vector<std::uint32_t>* out) {
  const YamlNode* node = map.Get(key);
  if (node == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> words,
                           ReadTokens(*node));
  *out = SortedHashes(words);
  return absl::OkStatus();
}

// "Xx", "dd/dd": X, x, d and punctuation, as DocumentView::shape has them.
absl::StatusOr<std::vector<std::string>> ReadShapesAt(const YamlNode& map,
                                                      std::string_view key) {
  const YamlNode* node = map.Get(key);
  if (node == nullptr) return std::vector<std::string>();
  PHIWIRE_ASSIGN_OR_RETURN(std::vector<std::string> shapes, node->AsStrings());
  for (const std::string& shape : shapes) {
    const bool good = std::all_of(shape.begin(), shape.end(), [](char c) {
      const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      const bool digit = c >= '0' && c <= '9';
      return c == 'X' || c == 'x' || c == 'd' ||
             (c > ' ' && c < 0x7F && !letter && !digit);
    });
    if (!good || shape.empty()) {
      return node->Error("a shape is made of X, x, d and punctuation");
    }
  }
  return shapes;
}

// Whether every word of every run has a / beside it: "d/dd", not "d-d/dd".
bool AllSlashed(const std::vector<std::string>& runs) {
  return !runs.empty() &&
         std::all_of(runs.begin(), runs.end(), [](std::string_view run) {
           const std::size_t slash = run.find('/');
           return slash != run.npos && run.find_first_of("-.:#()") >= slash &&
                  run.find_first_of("/-:#()", slash + 1) == run.npos;
         });
}

absl::Status ReadLex(const YamlNode& node, WordTest* test) {
  PHIWIRE_RETURN_IF_ERROR(
      node.AllowKeys({"first", "last", "zipf", "city", "hospital", "medical",
                      "ratio", "flags", "not_flags"}));
  for (const auto& [name, field] : kLexFields) {
    if (node.Get(name) == nullptr) continue;
    IntRange range;
    PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, name, &range));
    test->ranges.emplace_back(field, range);
  }
  const auto flags = [&](std::string_view key,
                         std::uint16_t* bits) -> absl::Status {
    const YamlNode* list = node.Get(key);
    if (list == nullptr) return absl::OkStatus();
    for (const YamlNode* item : Items(*list)) {
      PHIWIRE_ASSIGN_OR_RETURN(const std::uint16_t bit,
                               Named(*item, kFlags, "flag"));
      *bits = static_cast<std::uint16_t>(*bits | bit);
    }
    return absl::OkStatus();
  };
  PHIWIRE_RETURN_IF_ERROR(flags("flags", &test->any_flag));
  return flags("not_flags", &test->no_flag);
}

template <class T>
absl::Status ReadMaskAt(const YamlNode& map, std::string_view key,
                        Names<T> names, std::uint8_t* mask) {
  const YamlNode* node = map.Get(key);
  if (node == nullptr) return absl::OkStatus();
  unsigned bits = 0;
  for (const YamlNode* item : Items(*node)) {
    PHIWIRE_ASSIGN_OR_RETURN(const T value, Named(*item, names, key));
    bits |= 1u << static_cast<unsigned>(value);
  }
  *mask = static_cast<std::uint8_t>(bits);
  return absl::OkStatus();
}

absl::StatusOr<PhiType> ReadType(const YamlNode& node) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, node.AsString());
  const std::optional<PhiType> type = ParseType(text);
  if (!type) return node.Error(Concat({"unknown type ", ShownKey(text)}));
  return *type;
}

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
  PHIWIRE_RETURN_IF_ERROR(ReadMaskAt(node, "case", kCases, &test->cases));
  PHIWIRE_RETURN_IF_ERROR(ReadMaskAt(node, "kind", kKinds, &test->kinds));
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> shapes,
                           ReadShapesAt(node, "shape"));
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<std::string> runs,
                           ReadShapesAt(node, "run"));
  test->shapes = SortedHashes(shapes);
  test->runs = SortedHashes(runs);
  test->slash_runs = AllSlashed(runs);
  for (const auto& [key, field] : {std::pair("value", WordField::kValue),
                                   std::pair("length", WordField::kLength)}) {
    if (node.Get(key) == nullptr) continue;
    IntRange range;
    PHIWIRE_RETURN_IF_ERROR(ReadRangeAt(node, key, &range));
    test->ranges.emplace_back(field, range);
  }
  const YamlNode* lex = node.Get("lex");
  return lex == nullptr ? absl::OkStatus() : ReadLex(*lex, test);
}

absl::StatusOr<Condition> RuleParser::ReadCondition(const YamlNode& node) {
  using Kind = Condition::Kind;
  const Names<Kind> kinds = {
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

absl::Status RuleParser::ReadFile(const std::string& path) {
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ReadYamlFile(path));
  return Read(root);
}

}  // namespace phiwire
