// SPDX-License-Identifier: Apache-2.0

#include "policy/format_readers.h"

#include <string>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/formats.h"
#include "formats/table/table_formats.h"
#include "phiwire/deidentifier.h"

namespace phiwire {
namespace {

// The rules of one format, in the policy's order.
std::vector<SiteRule> RulesOf(const Policy& policy, Format format) {
  std::vector<SiteRule> rules;
  for (const auto& [of, rule] : policy.site) {
    if (of == format) rules.push_back(rule);
  }
  return rules;
}

// Formats without places take no rules.
NewReader WithoutPlaces(std::unique_ptr<FormatReader> reader, SiteRules rules) {
  if (rules.empty()) return reader;
  return absl::InvalidArgumentError(
      Concat({"format ", reader->name(), " has no fields to set rules for"}));
}

NewReader NewReaderOf(Format format, SiteRules rules, const Columns& columns) {
  switch (format) {
    case Format::kHl7:
      return NewHl7v2Format(rules);
    case Format::kHtml:
      return WithoutPlaces(NewHtmlFormat(), rules);
    case Format::kRtf:
      return WithoutPlaces(NewRtfFormat(), rules);
    case Format::kMarkdown:
      return WithoutPlaces(NewMarkdownFormat(), rules);
    case Format::kLog:
      return WithoutPlaces(NewLogFormat(), rules);
    case Format::kFhir:
      return NewFhirFormat(rules);
    case Format::kNdjson:
      return NewNdjsonFormat(rules);
    case Format::kCcda:
      return NewCcdaFormat(rules);
    case Format::kCsv:
      return NewCsvFormat(rules, columns.Of(format));
    case Format::kFixed:
      return NewFixedFormat(rules, columns.Of(format));
    case Format::kX12:
      return NewX12Format(rules);
    default:
      return WithoutPlaces(NewTextFormat(), rules);
  }
}

}  // namespace

absl::StatusOr<FormatReaders> FormatReaders::Build(const Policy& policy,
                                                   const Columns& columns) {
  FormatReaders out;
  for (std::size_t i = 1; i < kFormatCount; ++i) {
    const auto format = static_cast<Format>(i);
    const std::vector<SiteRule> rules = RulesOf(policy, format);
    PHIWIRE_ASSIGN_OR_RETURN(out.readers_[i],
                             NewReaderOf(format, rules, columns));
  }
  return out;
}

}  // namespace phiwire
