// SPDX-License-Identifier: Apache-2.0

#include "recognizers/catalogue_reader.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/status_macros.h"
#include "base/strings.h"
#include "re2/re2.h"

namespace phiwire {
namespace {

constexpr long long kMaxMatch = 256;     // bytes
constexpr long long kMaxDistance = 200;  // bytes

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string Place(const YamlNode& node) {
  return Concat({node.source(), ":", std::to_string(node.line())});
}

// What RE2 says of a regular expression; empty when it is fine.
std::string RegexError(const std::string& regex) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  const RE2 compiled(regex, options);
  return compiled.ok() ? std::string() : compiled.error();
}

absl::StatusOr<double> Probability(const YamlNode& node) {
  PHIWIRE_ASSIGN_OR_RETURN(const double value, node.AsDouble());
  if (!(value >= 0 && value <= 1)) {
    return node.Error("a probability is between 0 and 1");
  }
  return value;
}

absl::Status ReadBool(const YamlNode& parent, std::string_view key, bool* out) {
  const YamlNode* node = parent.Get(key);
  if (node == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(*out, node->AsBool());
  return absl::OkStatus();
}

absl::Status ReadNumber(const YamlNode& parent, std::string_view key,
                        long long most, std::uint32_t* out) {
  const YamlNode* node = parent.Get(key);
  if (node == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(const long long value, node->AsInt());
  if (value < 1 || value > most) {
    return node->Error(
        Concat({key, " is between 1 and ", std::to_string(most)}));
  }
  *out = static_cast<std::uint32_t>(value);
  return absl::OkStatus();
}

}  // namespace

absl::Status CatalogueReader::Read(const YamlNode& root) {
  PHIWIRE_RETURN_IF_ERROR(ReadHeader(root));
  if (const YamlNode* node = root.Get("define")) {
    PHIWIRE_RETURN_IF_ERROR(ReadDefines(*node));
  }
  if (const YamlNode* node = root.Get("patterns")) {
    if (!node->is_list()) return node->Error("patterns is a list");
    for (const auto& [key, pattern] : node->entries()) {
      PHIWIRE_RETURN_IF_ERROR(ReadPattern(pattern));
    }
  }
  if (const YamlNode* node = root.Get("context")) {
    PHIWIRE_RETURN_IF_ERROR(ReadContext(*node));
  }
  if (const YamlNode* node = root.Get("examples")) {
    PHIWIRE_RETURN_IF_ERROR(ReadExamples(*node));
  }
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadHeader(const YamlNode& root) {
  if (!root.is_map()) return root.Error("a catalogue file is a map");
  PHIWIRE_RETURN_IF_ERROR(root.AllowKeys(
      {"version", "type", "doc", "define", "patterns", "context", "examples"}));
  const YamlNode* version = root.Get("version");
  if (version == nullptr) return root.Error("version is missing");
  PHIWIRE_ASSIGN_OR_RETURN(const long long number, version->AsInt());
  if (number != 1) return version->Error("the only version is 1");
  const YamlNode* type = root.Get("type");
  if (type == nullptr) return root.Error("type is missing");
  PHIWIRE_ASSIGN_OR_RETURN(const std::string name, type->AsString());
  const std::optional<PhiType> parsed = ParseType(name);
  if (!parsed) return type->Error("no such type");
  type_ = *parsed;
  const YamlNode* doc = root.Get("doc");
  if (doc == nullptr) return root.Error("doc is missing");
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text, doc->AsString());
  TypeEntry& entry = catalogue_->types_[static_cast<std::size_t>(type_)];
  if (!site_) entry.doc = text;
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadDefines(const YamlNode& node) {
  if (!node.is_map()) return node.Error("define is a map");
  for (const auto& [name, value] : node.entries()) {
    PHIWIRE_ASSIGN_OR_RETURN(std::string regex, value.AsString());
    PHIWIRE_RETURN_IF_ERROR(Expand(value, &regex));
    defines_[name] = std::move(regex);
  }
  return absl::OkStatus();
}

absl::Status CatalogueReader::Expand(const YamlNode& node,
                                     std::string* regex) const {
  for (std::size_t at = 0; (at = regex->find("{{", at)) != std::string::npos;) {
    const std::size_t end = regex->find("}}", at);
    if (end == std::string::npos) return node.Error("{{ without }}");
    const auto it = defines_.find(regex->substr(at + 2, end - at - 2));
    if (it == defines_.end()) {
      return node.Error("{{ }} names nothing that define has above it");
    }
    regex->replace(at, end + 2 - at, it->second);
  }
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadPattern(const YamlNode& node) {
  if (!node.is_map()) return node.Error("a pattern is a map");
  PHIWIRE_RETURN_IF_ERROR(
      node.AllowKeys({"name", "regex", "anchors", "labels", "caseless", "part",
                      "walker", "score", "labelled", "invalid", "validator",
                      "require", "proof", "max", "at"}));
  const YamlNode* name = node.Get("name");
  if (name == nullptr) return node.Error("the pattern has no name");
  PHIWIRE_ASSIGN_OR_RETURN(const std::string word, name->AsString());
  PatternRule rule;
  rule.type = type_;
  rule.id = Concat({site_ ? "site/" : "", Lower(TypeName(type_)), "/", word});
  rule.source = Place(node);
  for (const PatternRule& other : catalogue_->rules_) {
    if (other.id == rule.id) {
      return name->Error(Concat(
          {"the rule ", rule.id, " is there already, at ", other.source}));
    }
  }
  PHIWIRE_RETURN_IF_ERROR(ReadTrigger(node, &rule));
  PHIWIRE_RETURN_IF_ERROR(ReadFunctions(node, &rule));
  PHIWIRE_RETURN_IF_ERROR(ReadScores(node, &rule));
  catalogue_->rules_.push_back(std::move(rule));
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadTrigger(const YamlNode& node,
                                          PatternRule* rule) {
  const YamlNode* regex = node.Get("regex");
  const YamlNode* anchors = node.Get("anchors");
  PHIWIRE_RETURN_IF_ERROR(ReadBool(node, "labels", &rule->at_labels));
  PHIWIRE_RETURN_IF_ERROR(ReadBool(node, "caseless", &rule->caseless));
  PHIWIRE_RETURN_IF_ERROR(ReadNumber(node, "max", kMaxMatch, &rule->max));
  const int triggers = (regex != nullptr ? 1 : 0) +
                       (anchors != nullptr ? 1 : 0) + (rule->at_labels ? 1 : 0);
  if (triggers != 1) {
    return node.Error(Concat(
        {"the rule ", rule->id, " needs one of regex, anchors and labels"}));
  }
  if (const YamlNode* at = node.Get("at")) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string word, at->AsString());
    rule->at_token = word == "token" && regex != nullptr;
    rule->at_word = word == "word" && regex != nullptr;
    if (!rule->at_token && !rule->at_word) {
      return at->Error(
          Concat({"the rule ", rule->id, ": at is token or word, of a regex"}));
    }
  }
  if (anchors != nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(rule->anchors, anchors->AsStrings());
  }
  for (const YamlNode* n : {regex, node.Get("part")}) {
    if (n == nullptr) continue;
    std::string& out = n == regex ? rule->regex : rule->part;
    PHIWIRE_ASSIGN_OR_RETURN(out, n->AsString());
    PHIWIRE_RETURN_IF_ERROR(Expand(*n, &out));
    if (tested_) continue;
    const std::string error = RegexError(out);
    if (!error.empty()) {
      return n->Error(Concat({"the rule ", rule->id, ": ", error}));
    }
  }
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadFunctions(const YamlNode& node,
                                            PatternRule* rule) {
  if (const YamlNode* n = node.Get("validator")) {
    PHIWIRE_ASSIGN_OR_RETURN(rule->validator_name, n->AsString());
    rule->validator = FindValidator(rule->validator_name);
    if (rule->validator == nullptr) {
      return n->Error(Concat({"the rule ", rule->id, ": no such validator"}));
    }
  }
  if (const YamlNode* n = node.Get("walker")) {
    PHIWIRE_ASSIGN_OR_RETURN(rule->walker_name, n->AsString());
    rule->walker = FindWalker(rule->walker_name);
    if (rule->walker == nullptr) {
      return n->Error(Concat({"the rule ", rule->id, ": no such walker"}));
    }
  }
  if (rule->at_labels && rule->walker == nullptr) {
    return node.Error(
        Concat({"the rule ", rule->id, " has labels, but no walker"}));
  }
  if (const YamlNode* n = node.Get("require")) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string word, n->AsString());
    if (word == "validator" && rule->validator != nullptr) {
      rule->require = Require::kValidator;
    } else if (word == "context") {
      rule->require = Require::kContext;
    } else if (word != "none") {
      return n->Error(Concat({"the rule ", rule->id,
                              ": require is validator (and there is one), "
                              "context or none"}));
    }
  }
  PHIWIRE_RETURN_IF_ERROR(ReadBool(node, "proof", &rule->proof));
  if (rule->proof && rule->validator == nullptr) {
    return node.Error(
        Concat({"the rule ", rule->id, ": proof needs a validator"}));
  }
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadScores(const YamlNode& node,
                                         PatternRule* rule) {
  const YamlNode* score = node.Get("score");
  if (score == nullptr) {
    return node.Error(Concat({"the rule ", rule->id, " has no score"}));
  }
  PHIWIRE_ASSIGN_OR_RETURN(const double alone, Probability(*score));
  double labelled = alone;
  // A walker's short form is still a find of its kind; a failed check digit
  // halves what an unlabelled number is worth.
  double invalid = alone * (rule->walker != nullptr ? 0.7 : 0.5);
  if (const YamlNode* n = node.Get("labelled")) {
    PHIWIRE_ASSIGN_OR_RETURN(labelled, Probability(*n));
  }
  if (const YamlNode* n = node.Get("invalid")) {
    PHIWIRE_ASSIGN_OR_RETURN(invalid, Probability(*n));
  }
  rule->score = static_cast<float>(alone);
  rule->labelled = static_cast<float>(labelled);
  rule->invalid = static_cast<float>(invalid);
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadContext(const YamlNode& node) {
  PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"before", "after", "distance"}));
  TypeEntry& entry = catalogue_->types_[static_cast<std::size_t>(type_)];
  PHIWIRE_RETURN_IF_ERROR(
      ReadNumber(node, "distance", kMaxDistance, &entry.distance));
  for (const bool before : {true, false}) {
    const YamlNode* n = node.Get(before ? "before" : "after");
    if (n == nullptr) continue;
    PHIWIRE_ASSIGN_OR_RETURN(std::vector<std::string> words, n->AsStrings());
    std::vector<std::string>& out = before ? entry.before : entry.after;
    out.insert(out.end(), words.begin(), words.end());
  }
  return absl::OkStatus();
}

absl::Status CatalogueReader::ReadExamples(const YamlNode& node) {
  PHIWIRE_RETURN_IF_ERROR(node.AllowKeys({"positive", "negative"}));
  TypeEntry& entry = catalogue_->types_[static_cast<std::size_t>(type_)];
  for (const bool positive : {true, false}) {
    const YamlNode* list = node.Get(positive ? "positive" : "negative");
    if (list == nullptr) continue;
    if (!list->is_list()) return list->Error("examples are a list");
    for (const auto& [key, item] : list->entries()) {
      PHIWIRE_ASSIGN_OR_RETURN(const std::string text, item.AsString());
      Example example{text, "", Place(item)};
      if (positive) {
        const std::size_t arrow = text.rfind(" -> ");
        if (arrow == std::string::npos) {
          return item.Error("a positive example reads \"text -> surface\"");
        }
        example.text = text.substr(0, arrow);
        example.surface = text.substr(arrow + 4);
        if (example.text.find(example.surface) == std::string::npos) {
          return item.Error("the surface does not stand in the text");
        }
      }
      (positive ? entry.positive : entry.negative)
          .push_back(std::move(example));
    }
  }
  return absl::OkStatus();
}

}  // namespace phiwire
