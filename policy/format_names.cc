// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <utility>

#include "phiwire/deidentifier.h"

namespace phiwire {
namespace {

using Name = std::pair<std::string_view, Format>;

// In the order of the enumeration.
constexpr std::array<Name, kFormatCount> kFormats = {{
    {"auto", Format::kAuto},
    {"text", Format::kText},
    {"log", Format::kLog},
    {"hl7", Format::kHl7},
    {"csv", Format::kCsv},
    {"fixed", Format::kFixed},
    {"ndjson", Format::kNdjson},
    {"fhir", Format::kFhir},
    {"ccda", Format::kCcda},
    {"x12", Format::kX12},
    {"html", Format::kHtml},
    {"rtf", Format::kRtf},
    {"markdown", Format::kMarkdown},
}};

constexpr std::array<Name, 5> kAliases = {{
    {"tsv", Format::kCsv},
    {"json", Format::kNdjson},
    {"xml", Format::kCcda},
    {"md", Format::kMarkdown},
    {"txt", Format::kText},
}};

}  // namespace

std::string_view FormatName(Format format) {
  return kFormats[static_cast<std::size_t>(format)].first;
}

std::optional<Format> ParseFormat(std::string_view name) {
  for (const auto& [known, format] : kFormats) {
    if (known == name) return format;
  }
  for (const auto& [known, format] : kAliases) {
    if (known == name) return format;
  }
  return std::nullopt;
}

}  // namespace phiwire
