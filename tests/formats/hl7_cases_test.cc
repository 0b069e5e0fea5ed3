// SPDX-License-Identifier: Apache-2.0
//
// Runs tests/formats/hl7v2/cases/*.case: a message, and what the reader must
// make of it. In messages line ends of the file don't count; <CR>, <LF>,
// <VT>, <FS>, <BOM>, <ESC> and <xHH> stand for bytes. Expectations:
//   records N                     slot PATH TYPE GRAMMAR TEXT
//   document PATH plain|base64|hex MEDIATYPE|- TEXT
//   text PATH TEXT                untouched PATH, untouchedtext TEXT
//   known TYPE VALUE              unknown VALUE
//   refused ORDINAL REASON        refusednot ORDINAL
//   splitfails REASON

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "tests/formats/hl7_test_support.h"

namespace phiwire {
namespace {

using hl7_test::Case;
using hl7_test::ReadCases;

constexpr std::string_view kGrammars[] = {"freetext", "hl7date", "identifier",
                                          "zip",      "name",    "empty"};

constexpr std::string_view kWrappings[] = {"plain", "base64", "hex"};

// All that the reader says of a file, as the lines an expectation may name.
struct Reading {
  std::string split_error;
  std::size_t records = 0;
  std::vector<std::string> lines;
  std::vector<std::string> paths;
  std::vector<std::string> texts;
  std::vector<std::string> known;
  std::map<std::string, std::string> refusals;
};

Reading Read(std::string_view file) {
  Reading out;
  const auto format = NewHl7v2Format();
  const auto records = format->Split(file);
  if (!records.ok()) {
    out.split_error = ToStd(records.status().message());
    return out;
  }
  for (const RecordRange& range : *records) {
    ++out.records;
    const auto record = file.substr(range.begin, range.end - range.begin);
    const auto fields = format->Fields(record);
    if (!fields.ok()) {
      out.refusals[std::to_string(out.records)] =
          ToStd(fields.status().message());
      continue;
    }
    for (const Field& f : fields->fields) {
      const std::string text(hl7_test::TextOf(record, f));
      out.paths.push_back(f.path);
      out.texts.push_back(text);
      const auto grammar = kGrammars[static_cast<std::size_t>(f.grammar)];
      switch (f.kind) {
        case FieldKind::kText:
          out.lines.push_back(Concat({"text ", f.path, " ", text}));
          break;
        case FieldKind::kSlot:
          out.lines.push_back(Concat({"slot ", f.path, " ", TypeName(f.type),
                                      " ", grammar, " ", text}));
          break;
        case FieldKind::kDocument:
          out.lines.push_back(
              Concat({"document ", f.path, " ",
                      kWrappings[static_cast<std::size_t>(f.wrapping)], " ",
                      f.media_type.empty() ? "-" : f.media_type, " ", text}));
          break;
      }
    }
    for (const KnownValue& k : fields->known) {
      out.known.push_back(k.value);
      out.lines.push_back(Concat({"known ", TypeName(k.type), " ", k.value}));
    }
  }
  return out;
}

bool Has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool Holds(const Reading& reading, const std::string& expectation) {
  std::istringstream in(expectation);
  std::string verb;
  in >> verb >> std::ws;
  std::string rest;
  std::getline(in, rest);
  if (verb == "records") return reading.records == std::stoul(rest);
  if (verb == "splitfails") {
    return reading.split_error.find(rest) != std::string::npos;
  }
  if (verb == "untouched") return !Has(reading.paths, rest);
  if (verb == "untouchedtext") return !Has(reading.texts, rest);
  if (verb == "unknown") return !Has(reading.known, rest);
  if (verb == "refusednot") return reading.refusals.count(rest) == 0;
  if (verb == "refused") {
    const std::size_t space = rest.find(' ');
    const auto found = reading.refusals.find(rest.substr(0, space));
    return found != reading.refusals.end() &&
           found->second.find(rest.substr(space + 1)) != std::string::npos;
  }
  return Has(reading.lines, hl7_test::Unescape(expectation));
}

TEST(Hl7Cases, ReadAsExpected) {
  const std::vector<Case> cases = ReadCases();
  ASSERT_GE(cases.size(), 25u);
  for (const Case& c : cases) {
    const Reading reading = Read(c.message);
    ASSERT_FALSE(c.expectations.empty()) << c.name;
    bool expects_refusal = false;
    for (const std::string& expectation : c.expectations) {
      EXPECT_TRUE(Holds(reading, expectation)) << c.name << ": " << expectation;
      expects_refusal |= expectation.rfind("refused ", 0) == 0;
    }
    if (!expects_refusal) {
      EXPECT_TRUE(reading.refusals.empty()) << c.name;
    }
  }
}

}  // namespace
}  // namespace phiwire
