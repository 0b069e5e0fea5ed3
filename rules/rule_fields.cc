// SPDX-License-Identifier: Apache-2.0

#include "rules/rule_fields.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>

#include "base/fold.h"
#include "base/lexicon.h"
#include "base/status_macros.h"
#include "base/strings.h"

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

}  // namespace

std::vector<const YamlNode*> Items(const YamlNode& node) {
  std::vector<const YamlNode*> items;
  if (!node.is_list()) return {&node};
  for (const auto& [unused, item] : node.entries()) items.push_back(&item);
  return items;
}

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

absl::StatusOr<PhiType> ReadType(const YamlNode& node) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, node.AsString());
  const std::optional<PhiType> type = ParseType(text);
  if (!type) return node.Error(Concat({"unknown type ", ShownKey(text)}));
  return *type;
}

absl::Status ReadWordFields(const YamlNode& node, WordTest* test) {
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

}  // namespace phiwire
