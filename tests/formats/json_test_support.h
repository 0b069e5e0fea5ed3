// SPDX-License-Identifier: Apache-2.0
//
// For the tests of JSON and FHIR: fields as lines of text, edits by rule, and
// the check that everything outside the edits is as it was.

#ifndef PHIWIRE_TESTS_FORMATS_JSON_TEST_SUPPORT_H_
#define PHIWIRE_TESTS_FORMATS_JSON_TEST_SUPPORT_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/format.h"
#include "formats/formats.h"

namespace phiwire::json_test {

inline std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

inline std::string_view TextOf(std::string_view record, const Field& field) {
  return field.offsets.empty()
             ? record.substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded);
}

// "Patient.name.family slot NAME Doe".
inline std::string Line(std::string_view record, const Field& field) {
  std::string out = field.path;
  if (field.kind == FieldKind::kSlot) {
    out += " slot ";
    out += TypeName(field.type);
    if (field.grammar == SlotGrammar::kEmpty) out += " empty";
  } else {
    out += field.kind == FieldKind::kText ? " text" : " document";
  }
  out += ' ';
  out += TextOf(record, field);
  return out;
}

inline std::vector<std::string> Lines(const FormatReader& reader,
                                      std::string_view record) {
  std::vector<std::string> out;
  const auto fields = reader.Fields(record);
  EXPECT_TRUE(fields.ok()) << fields.status();
  if (!fields.ok()) return out;
  for (const Field& f : fields->fields) out.push_back(Line(record, f));
  return out;
}

// Every slot becomes its replacement ("" where its grammar wants that).
inline std::vector<Edit> EditSlots(const RecordFields& fields,
                                   std::string_view replacement) {
  std::vector<Edit> out;
  for (const Field& f : fields.fields) {
    if (f.kind != FieldKind::kSlot || f.begin == f.end) continue;
    const bool empty = f.grammar == SlotGrammar::kEmpty;
    out.push_back({f.begin, f.end, empty ? "" : std::string(replacement)});
  }
  return out;
}

inline std::string SpliceSlots(const FormatReader& reader,
                               std::string_view record,
                               std::string_view replacement) {
  const auto fields = reader.Fields(record);
  EXPECT_TRUE(fields.ok()) << fields.status();
  if (!fields.ok()) return {};
  const auto out = reader.Splice(record, EditSlots(*fields, replacement));
  EXPECT_TRUE(out.ok()) << out.status();
  return out.ok() ? *out : std::string();
}

// Random edits inside text and slots, at characters of the decoded text and
// never over gaps; none empties a field. Not in numbers and mark-up, whose
// replacements are written otherwise.
inline std::vector<Edit> RandomEdits(const RecordFields& fields,
                                     std::mt19937& random) {
  std::vector<Edit> out;
  for (const Field& f : fields.fields) {
    if (f.end - f.begin < 3 || !f.gaps.empty() || random() % 3 != 0 ||
        f.grammar == SlotGrammar::kEmpty ||
        f.path.find(".div") != std::string::npos) {
      continue;
    }
    std::size_t begin = f.begin + random() % (f.end - f.begin);
    std::size_t end = begin + 1 + random() % (f.end - begin);
    if (!f.offsets.empty()) {
      const std::size_t i = random() % f.decoded.size();
      const std::size_t j = i + 1 + random() % (f.decoded.size() - i);
      begin = f.offsets[i];
      end = f.offsets[j];
      // A character of several bytes is one in the raw text too.
      if (begin == end) continue;
    }
    if (!out.empty() && begin < out.back().end) continue;
    out.push_back({begin, end, "<\"\\\n&>"});
  }
  return out;
}

}  // namespace phiwire::json_test

#endif  // PHIWIRE_TESTS_FORMATS_JSON_TEST_SUPPORT_H_
