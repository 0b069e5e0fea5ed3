// SPDX-License-Identifier: Apache-2.0
//
// Messages for the HL7 tests: our own cases, and the samples beside the
// checkout when they are there.

#ifndef PHIWIRE_TESTS_FORMATS_HL7_TEST_SUPPORT_H_
#define PHIWIRE_TESTS_FORMATS_HL7_TEST_SUPPORT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"

namespace phiwire::hl7_test {

struct Case {
  std::string name;
  std::string message;
  std::vector<std::string> expectations;
};

inline std::string_view TextOf(std::string_view record, const Field& field) {
  return field.offsets.empty()
             ? record.substr(field.begin, field.end - field.begin)
             : std::string_view(field.decoded);
}

// "<CR>" and the like to bytes.
inline std::string Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t close = text.find('>', i);
    const std::string_view tag =
        text[i] == '<' && close != std::string_view::npos
            ? text.substr(i + 1, close - i - 1)
            : std::string_view();
    if (tag == "CR") {
      out += '\r';
    } else if (tag == "LF") {
      out += '\n';
    } else if (tag == "VT") {
      out += '\x0B';
    } else if (tag == "FS") {
      out += '\x1C';
    } else if (tag == "ESC") {
      out += '\x1B';
    } else if (tag == "BOM") {
      out += "\xEF\xBB\xBF";
    } else if (tag.size() == 3 && tag[0] == 'x') {
      out += static_cast<char>(std::stoi(std::string(tag.substr(1)), {}, 16));
    } else {
      out += text[i++];
      continue;
    }
    i = close + 1;
  }
  return out;
}

inline Case ReadCase(const std::filesystem::path& path) {
  Case out;
  out.name = path.stem().string();
  std::ifstream in(path);
  std::string message;
  bool expect = false;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("# ", 0) == 0 || line == "--- message") continue;
    if (line == "--- expect") {
      expect = true;
    } else if (expect) {
      if (!line.empty()) out.expectations.push_back(line);
    } else {
      message += line;
    }
  }
  out.message = Unescape(message);
  return out;
}

inline std::vector<Case> ReadCases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(
           PHIWIRE_SOURCE_DIR "/tests/formats/hl7v2/cases")) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Case> out;
  for (const auto& path : paths) out.push_back(ReadCase(path));
  return out;
}

inline void AppendUtf8(unsigned code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// The string value of a top-level key of a JSON line; enough for our samples
// (no character past U+FFFF matters to them).
inline std::string JsonString(const std::string& line, const std::string& key) {
  const std::string start = "\"" + key + "\": \"";
  std::size_t i = line.find(start);
  std::string out;
  if (i == std::string::npos) return out;
  for (i += start.size(); i < line.size() && line[i] != '"'; ++i) {
    if (line[i] != '\\') {
      out += line[i];
      continue;
    }
    switch (line[++i]) {
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'u':
        AppendUtf8(
            static_cast<unsigned>(std::stoul(line.substr(i + 1, 4), {}, 16)),
            out);
        i += 4;
        break;
      default:
        out += line[i];
    }
  }
  return out;
}

// The public sample messages; empty when they aren't beside the checkout.
inline std::vector<Case> ReadSamples() {
  std::vector<Case> out;
  std::ifstream in(PHIWIRE_SOURCE_DIR "/../shared/samples/hl7/messages.jsonl");
  for (std::string line; std::getline(in, line);) {
    out.push_back({JsonString(line, "id"), JsonString(line, "text"), {}});
  }
  return out;
}

inline std::vector<Case> AllMessages() {
  std::vector<Case> out = ReadCases();
  for (Case& sample : ReadSamples()) out.push_back(std::move(sample));
  return out;
}

// The bytes of a field that edits may take: all but its gaps.
inline std::vector<RecordRange> Pieces(const Field& f) {
  std::vector<RecordRange> out;
  std::size_t begin = f.begin;
  for (const RecordRange& gap : f.gaps) {
    if (gap.begin > begin) out.push_back({begin, gap.begin});
    begin = gap.end;
  }
  if (f.end > begin) out.push_back({begin, f.end});
  return out;
}

// Every piece of every field replaced.
inline std::vector<Edit> EditAll(const RecordFields& fields,
                                 const std::string& by) {
  std::vector<Edit> edits;
  for (const Field& f : fields.fields) {
    for (const RecordRange& piece : Pieces(f)) {
      edits.push_back({piece.begin, piece.end, by});
    }
  }
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  return edits;
}

}  // namespace phiwire::hl7_test

#endif  // PHIWIRE_TESTS_FORMATS_HL7_TEST_SUPPORT_H_
