// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/gold.h"

#include <simdjson.h>

#include <array>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::array<std::pair<std::string_view, PhiType>, 5> kAliases = {{
    {"MRN", PhiType::kMedicalRecord},
    {"IP", PhiType::kIpAddress},
    {"PAGER", PhiType::kPhone},
    {"PERSON", PhiType::kName},
    {"HOSPITAL", PhiType::kFacility},
}};

absl::StatusOr<std::optional<PhiType>> GoldType(std::string_view name) {
  if (name == "OPTIONAL" || name == "YEAR" || name == "PROFESSION") {
    return std::optional<PhiType>();
  }
  for (const auto& [alias, type] : kAliases) {
    if (alias == name) return std::optional<PhiType>(type);
  }
  const std::optional<PhiType> type = ParseType(name);
  if (!type) {
    return absl::InvalidArgumentError(Concat({"unknown type ", name}));
  }
  return type;
}

// Byte offset of each code point, and the end.
std::vector<std::size_t> CodePointOffsets(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      offsets.push_back(i);
    }
  }
  offsets.push_back(text.size());
  return offsets;
}

absl::Status ReadSpans(simdjson::dom::array list, GoldDocument* document) {
  const std::vector<std::size_t> offsets = CodePointOffsets(document->text);
  for (simdjson::dom::element span : list) {
    std::int64_t start = 0, end = 0;
    std::string_view type;
    if (span["start"].get(start) || span["end"].get(end) ||
        span["type"].get(type)) {
      return absl::InvalidArgumentError("a span needs start, end and type");
    }
    if (start < 0 || end < start ||
        end >= static_cast<std::int64_t>(offsets.size())) {
      return absl::InvalidArgumentError("a span lies outside its text");
    }
    PHIWIRE_ASSIGN_OR_RETURN(const std::optional<PhiType> phi, GoldType(type));
    document->spans.push_back({offsets[static_cast<std::size_t>(start)],
                               offsets[static_cast<std::size_t>(end)], phi});
  }
  return absl::OkStatus();
}

absl::StatusOr<GoldDocument> ReadDocument(simdjson::dom::element line) {
  GoldDocument document;
  std::string_view text, id;
  simdjson::dom::array spans;
  if (line["text"].get(text) || line["spans"].get(spans)) {
    return absl::InvalidArgumentError("a line needs text and spans");
  }
  if (line["id"].get(id)) {
    std::int64_t number = 0;
    if (line["id"].get(number)) {
      return absl::InvalidArgumentError("a line needs an id");
    }
    document.id = std::to_string(number);
  } else {
    document.id = std::string(id);
  }
  document.text = std::string(text);
  PHIWIRE_RETURN_IF_ERROR(ReadSpans(spans, &document));
  return document;
}

}  // namespace

absl::StatusOr<std::vector<GoldDocument>> ReadGold(std::string_view path) {
  simdjson::padded_string file;
  if (simdjson::padded_string::load(path).get(file)) {
    return absl::NotFoundError(Concat({path, ": can't be read"}));
  }
  std::vector<GoldDocument> documents;
  simdjson::dom::parser parser;
  std::string_view rest = file;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t at = rest.find('\n');
    const std::string_view line = rest.substr(0, at);
    rest =
        at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = Concat({path, ":", std::to_string(number), ": "});
    simdjson::dom::element element;
    if (parser.parse(line.data(), line.size()).get(element)) {
      return absl::InvalidArgumentError(where + "not valid JSON");
    }
    absl::StatusOr<GoldDocument> document = ReadDocument(element);
    if (!document.ok()) {
      return absl::InvalidArgumentError(
          where + std::string(document.status().message()));
    }
    documents.push_back(*std::move(document));
  }
  return documents;
}

}  // namespace phiwire
