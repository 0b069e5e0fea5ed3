// SPDX-License-Identifier: Apache-2.0

#include "formats/detect.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "formats/ccda/sniff.h"
#include "formats/fhir/sniff.h"
#include "formats/hl7v2/segments.h"
#include "formats/html/sniff.h"
#include "formats/json/sniff.h"
#include "formats/log/sniff.h"
#include "formats/markdown/sniff.h"
#include "formats/markup/tags.h"
#include "formats/rtf/sniff.h"
#include "formats/table/sniff.h"
#include "formats/x12/sniff.h"

namespace phiwire {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";
// What the heads of files are looked through for; more tells no more.
constexpr std::size_t kMostBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestEnding = 8;
constexpr std::size_t kSurelyKnown = 3;  // columns of a header row

std::string Ending(std::string_view name) {
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) name.remove_suffix(packed.size());
  }
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.size() - dot > kLongestEnding + 1) {
    return {};
  }
  std::string ending(name.substr(dot + 1));
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return ending;
}

// A format whose files say what they are at their front.
std::optional<DetectedFormat> ByFront(std::string_view head) {
  if (head.front() == hl7v2::kMllpStart) {
    return DetectedFormat{Format::kHl7, true, "MLLP start byte"};
  }
  if (hl7v2::IsHeaderAt(head, 0)) {
    return DetectedFormat{Format::kHl7, true, "HL7 header"};
  }
  if (LooksLikeX12(head)) {
    return DetectedFormat{Format::kX12, true, "ISA segment"};
  }
  if (LooksLikeRtf(head)) {
    return DetectedFormat{Format::kRtf, true, "RTF header"};
  }
  return std::nullopt;
}

// "<john@x.org>" is no element.
bool IsName(std::string_view root) {
  return std::all_of(root.begin(), root.end(), [](char c) {
    return markup::IsLetter(c) || IsDigit(c) || c == '_' || c == '-' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

// What begins with '<'. A syslog line does too.
std::optional<DetectedFormat> ByTag(std::string_view head) {
  if (head.front() != '<') return std::nullopt;
  if (LooksLikeHtml(head)) {
    return DetectedFormat{Format::kHtml, true, "HTML's root"};
  }
  if (ccda::LooksLikeCcda(head)) {
    return DetectedFormat{Format::kCcda, true, "C-CDA's root"};
  }
  if (LooksLikeHtmlFragment(head)) {
    return DetectedFormat{Format::kHtml, false, "a tag of HTML at the front"};
  }
  if (ccda::LooksLikeXml(head) && IsName(ccda::RootName(head))) {
    return DetectedFormat{Format::kCcda, true, "XML"};
  }
  return std::nullopt;
}

// An object, or an array of objects: "[1] Smith" is prose.
std::optional<DetectedFormat> ByBrace(std::string_view head) {
  std::size_t at = 0;
  if (head.front() == '[') {
    at = head.find_first_not_of(kBlanks, 1);
    if (at == std::string_view::npos) return std::nullopt;
  }
  if (head[at] != '{') return std::nullopt;
  if (fhir::LooksLikeFhir(head)) {
    return DetectedFormat{Format::kFhir, true, "a FHIR resource"};
  }
  if (!json::LooksLikeJson(head)) return std::nullopt;
  return DetectedFormat{Format::kNdjson, true, "JSON"};
}

std::optional<DetectedFormat> ByLines(std::string_view head) {
  if (LooksLikeLog(head)) {
    return DetectedFormat{Format::kLog, true, "log lines"};
  }
  const CsvSigns csv = FindCsvSigns(head);
  if (csv.header) {
    return DetectedFormat{Format::kCsv, csv.known >= kSurelyKnown,
                          "a header row"};
  }
  if (csv.table) {
    // Lines of a text may all have their commas alike, and a label in one cell
    // tells of the next: text scans them together.
    return DetectedFormat{Format::kText, false,
                          "the same separator in all rows, as csv has it"};
  }
  const int signs = MarkdownSigns(head);
  if (signs >= 2) {
    return DetectedFormat{Format::kMarkdown, signs > 2, "Markdown's marks"};
  }
  return std::nullopt;
}

// What a name says where the content left it open.
std::optional<Format> ByName(std::string_view name) {
  const std::string ending = Ending(name);
  constexpr std::pair<std::string_view, Format> kEndings[] = {
      {"csv", Format::kCsv},    {"tsv", Format::kCsv},
      {"log", Format::kLog},    {"md", Format::kMarkdown},
      {"htm", Format::kHtml},   {"html", Format::kHtml},
      {"xhtml", Format::kHtml}, {"markdown", Format::kMarkdown},
  };
  for (const auto& [known, format] : kEndings) {
    if (known == ending) return format;
  }
  return std::nullopt;
}

DetectedFormat ByContent(std::string_view head) {
  if (head.substr(0, kBom.size()) == kBom) head.remove_prefix(kBom.size());
  const std::size_t start = head.find_first_not_of(kBlanks);
  if (start == std::string_view::npos) return {};
  const std::string_view front = head.substr(start);
  if (const auto found = ByFront(front)) return *found;
  if (const auto found = ByTag(front)) return *found;
  if (const auto found = ByBrace(front)) return *found;
  if (const auto found = ByLines(head)) return *found;
  return {};
}

}  // namespace

DetectedFormat DetectFormat(std::string_view head, std::string_view name) {
  const DetectedFormat found = ByContent(head.substr(0, kMostBytes));
  if (found.sure && found.format != Format::kText) return found;
  const auto named = ByName(name);
  if (!named) return found;
  if (*named == found.format) return {found.format, true, found.why};
  if (found.format != Format::kText) return found;
  return {*named, true, "the file's name"};
}

}  // namespace phiwire
