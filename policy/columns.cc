// SPDX-License-Identifier: Apache-2.0

#include "policy/columns.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "policy/policy_types_reader.h"

namespace phiwire {
namespace {

constexpr std::int64_t kMostColumns = 65536;
constexpr std::int64_t kWidestLine = std::int64_t{64} << 20;

// Keys of a column beside those of its anonymizer.
constexpr std::string_view kColumnKeys[] = {"as", "index", "subject", "begin",
                                            "width"};

absl::StatusOr<std::size_t> ReadNumber(const YamlNode& node,
                                       std::int64_t most) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::int64_t number, node.AsInt());
  if (number < 1 || number > most) {
    return node.Error(Concat({"expected 1 to ", std::to_string(most)}));
  }
  return static_cast<std::size_t>(number);
}

// "#3" is the third column.
std::size_t IndexOf(std::string_view name) {
  std::size_t index = 0;
  if (name.size() < 2 || name.size() > 6 || name[0] != '#') return 0;
  const char* end = name.data() + name.size();
  const auto [at, error] = std::from_chars(name.data() + 1, end, index);
  return at == end && error == std::errc() ? index : 0;
}

absl::Status ReadPlace(const YamlNode& node, Format format, ColumnSpec* spec) {
  spec->index = IndexOf(spec->name);
  if (const YamlNode* index = node.Get("index")) {
    PHIWIRE_ASSIGN_OR_RETURN(spec->index, ReadNumber(*index, kMostColumns));
  } else if (spec->index != 0) {
    spec->name.clear();
  }
  const YamlNode* begin = node.Get("begin");
  const YamlNode* width = node.Get("width");
  if (format == Format::kFixed) {
    if (begin == nullptr || width == nullptr) {
      return node.KeyError("a column of fixed width needs begin and width");
    }
    PHIWIRE_ASSIGN_OR_RETURN(spec->begin, ReadNumber(*begin, kWidestLine));
    PHIWIRE_ASSIGN_OR_RETURN(spec->width, ReadNumber(*width, kWidestLine));
    --spec->begin;  // written from 1
  } else if (begin != nullptr || width != nullptr) {
    return node.KeyError("begin and width are for format: fixed");
  }
  return absl::OkStatus();
}

absl::Status ReadColumn(const std::string& name, const YamlNode& node,
                        Columns* out) {
  if (!node.is_map()) return node.KeyError("expected a map");
  if (name.empty()) return node.KeyError("expected the name of a column");
  ColumnSpec spec;
  spec.name = name;
  PHIWIRE_RETURN_IF_ERROR(ReadPlace(node, out->format, &spec));
  if (const YamlNode* subject = node.Get("subject")) {
    PHIWIRE_ASSIGN_OR_RETURN(spec.subject, subject->AsString());
  }
  SiteRule rule;
  if (const YamlNode* as = node.Get("as")) {
    PHIWIRE_RETURN_IF_ERROR(ReadAs(*as, &rule));
    spec.as = rule.as;
    spec.type = rule.type;
  }
  PolicyOverride where;
  where.format = out->format;
  where.field = name;
  const bool dropped = spec.as == SiteRule::As::kDrop;
  if (node.Get("anonymizer") != nullptr) {
    if (dropped || spec.as == SiteRule::As::kKeep) {
      return node.Error("a column that is kept or dropped has no anonymizer");
    }
    PHIWIRE_RETURN_IF_ERROR(ReadAnonymizerOf(node, kColumnKeys, &where.policy));
    out->overrides.push_back(std::move(where));
  } else {
    PHIWIRE_RETURN_IF_ERROR(
        node.AllowKeys({"as", "index", "subject", "begin", "width"}));
    // Whatever becomes of other values of its type.
    where.policy.anonymizer = "redact";
    where.policy.place = node.place();
    if (dropped) out->overrides.push_back(std::move(where));
  }
  out->map.columns.push_back(std::move(spec));
  return absl::OkStatus();
}

absl::Status CheckOverlaps(const YamlNode& node, const Columns& columns) {
  if (columns.format != Format::kFixed) return absl::OkStatus();
  std::vector<ColumnSpec> specs = columns.map.columns;
  std::sort(specs.begin(), specs.end(),
            [](const ColumnSpec& a, const ColumnSpec& b) {
              return a.begin < b.begin;
            });
  for (std::size_t i = 1; i < specs.size(); ++i) {
    if (specs[i].begin < specs[i - 1].begin + specs[i - 1].width) {
      return node.Error(Concat({"columns ", ShownKey(specs[i - 1].name),
                                " and ", ShownKey(specs[i].name), " overlap"}));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadFormatOf(const YamlNode& root, Columns* out) {
  const YamlNode* node = root.Get("format");
  if (node == nullptr) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(const std::string format, node->AsString());
  if (format != "csv" && format != "fixed") {
    return node->Error("expected csv or fixed");
  }
  out->format = format == "csv" ? Format::kCsv : Format::kFixed;
  return absl::OkStatus();
}

absl::Status ReadSeparator(const YamlNode& node, ColumnMap* map) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string separator, node.AsString());
  if (separator == "tab") {
    map->separator = '\t';
    return absl::OkStatus();
  }
  if (separator.size() != 1 || separator[0] == '"' || separator[0] == '\n' ||
      separator[0] == '\r' || (separator[0] & 0x80) != 0) {
    return node.Error("expected one character, or tab");
  }
  map->separator = separator[0];
  return absl::OkStatus();
}

absl::Status ReadUnit(const YamlNode& node, ColumnMap* map) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string unit, node.AsString());
  if (unit != "bytes" && unit != "characters") {
    return node.Error("expected bytes or characters");
  }
  map->in_bytes = unit == "bytes";
  return absl::OkStatus();
}

absl::Status ReadSettings(const YamlNode& root, ColumnMap* map) {
  if (const YamlNode* node = root.Get("separator")) {
    PHIWIRE_RETURN_IF_ERROR(ReadSeparator(*node, map));
  }
  if (const YamlNode* node = root.Get("header")) {
    PHIWIRE_ASSIGN_OR_RETURN(map->header, node->AsBool());
  }
  if (const YamlNode* node = root.Get("subject")) {
    PHIWIRE_ASSIGN_OR_RETURN(map->subject, node->AsString());
  }
  if (const YamlNode* node = root.Get("strict")) {
    PHIWIRE_ASSIGN_OR_RETURN(map->strict, node->AsBool());
  }
  if (const YamlNode* node = root.Get("unit")) {
    PHIWIRE_RETURN_IF_ERROR(ReadUnit(*node, map));
  }
  return absl::OkStatus();
}

absl::StatusOr<Columns> ReadRoot(const YamlNode& root) {
  if (!root.is_map()) return root.Error("expected a map");
  PHIWIRE_RETURN_IF_ERROR(
      root.AllowKeys({"version", "format", "separator", "header", "subject",
                      "strict", "unit", "columns"}));
  const YamlNode* version = root.Get("version");
  if (version == nullptr) return root.Error("no version; write version: 1");
  PHIWIRE_ASSIGN_OR_RETURN(const std::int64_t number, version->AsInt());
  if (number != 1) return version->Error("this phiwire reads version 1");
  Columns out;
  PHIWIRE_RETURN_IF_ERROR(ReadFormatOf(root, &out));
  PHIWIRE_RETURN_IF_ERROR(ReadSettings(root, &out.map));
  const YamlNode* columns = root.Get("columns");
  if (columns == nullptr) {
    if (out.format == Format::kCsv) return out;
    return root.Error("fixed width needs columns");
  }
  if (!columns->is_map()) return columns->Error("expected a map");
  for (const auto& [name, node] : columns->entries()) {
    PHIWIRE_RETURN_IF_ERROR(ReadColumn(name, node, &out));
  }
  PHIWIRE_RETURN_IF_ERROR(CheckOverlaps(*columns, out));
  return out;
}

}  // namespace

absl::StatusOr<Columns> ParseColumns(std::string_view yaml,
                                     std::string_view source_name) {
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(yaml, source_name));
  return ReadRoot(root);
}

absl::StatusOr<Columns> ReadColumns(const Policy& policy) {
  if (policy.columns_file.empty()) return Columns();
  PHIWIRE_ASSIGN_OR_RETURN(const YamlNode root,
                           ReadYamlFile(policy.columns_file));
  return ReadRoot(root);
}

}  // namespace phiwire
