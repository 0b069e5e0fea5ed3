// SPDX-License-Identifier: Apache-2.0
//
// Documents for the C-CDA tests: our own cases, and the samples beside the
// checkout when they are there; and fields as lines of text.

#ifndef PHIWIRE_TESTS_FORMATS_CCDA_TEST_SUPPORT_H_
#define PHIWIRE_TESTS_FORMATS_CCDA_TEST_SUPPORT_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"

namespace phiwire::ccda_test {

struct Case {
  std::string name;
  std::string document;
  std::vector<std::string> expectations;
};

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

// "--- NAME", the document, "--- expect", a line a field; "#" before the
// first case is a comment.
inline std::vector<Case> ReadCases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream in(path);
  bool expect = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "--- expect") {
      expect = true;
      if (!cases.back().document.empty()) cases.back().document.pop_back();
    } else if (line.starts_with("--- ")) {
      cases.push_back({line.substr(4), "", {}});
      expect = false;
    } else if (!cases.empty() && expect) {
      if (!line.empty()) cases.back().expectations.push_back(line);
    } else if (!cases.empty()) {
      cases.back().document += line + "\n";
    }
  }
  return cases;
}

inline std::vector<Case> OwnCases() {
  return ReadCases(PHIWIRE_SOURCE_DIR "/tests/formats/ccda/fields.cases");
}

// Our own documents and, beside the checkout, the samples.
inline std::vector<Case> AllDocuments() {
  std::vector<Case> all = OwnCases();
  const std::filesystem::path samples =
      PHIWIRE_SOURCE_DIR "/../shared/samples/ccda";
  if (!std::filesystem::exists(samples)) return all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(samples)) {
    if (entry.path().extension() != ".xml") continue;
    all.push_back({entry.path().stem().string(), ReadFile(entry.path()), {}});
  }
  return all;
}

inline std::string_view TextOf(std::string_view record, const Field& field) {
  return field.offsets.empty()
             ? record.substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded);
}

inline std::string OneLine(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
  }
  return out;
}

// "NAME given #0 /a/b/given = Eve", "text /a/b = ...".
inline std::string LineOf(std::string_view record, const Field& field) {
  constexpr std::string_view kParts[] = {"", " family", " given", " middle",
                                         " affix"};
  std::string out;
  switch (field.kind) {
    case FieldKind::kText:
      out = "text";
      break;
    case FieldKind::kDocument:
      out = "document " + field.media_type;
      break;
    case FieldKind::kSlot:
      out = TypeName(field.type);
      out += kParts[static_cast<std::size_t>(field.part)];
      if (field.grammar == SlotGrammar::kEmpty) out += " empty";
      if (field.spelling == Spelling::kResourceId) out += " linked";
      if (field.spelling == Spelling::kIsoDate) out += " iso";
      if (field.spelling == Spelling::kAnyDate) out += " written";
      if (field.person >= 0) out += " #" + std::to_string(field.person);
      break;
  }
  return out + " " + (field.path.empty() ? "/" : field.path) + " = " +
         OneLine(TextOf(record, field));
}

inline std::unique_ptr<FormatReader> Reader() {
  return std::move(*NewCcdaFormat({}));
}

}  // namespace phiwire::ccda_test

#endif  // PHIWIRE_TESTS_FORMATS_CCDA_TEST_SUPPORT_H_
