// SPDX-License-Identifier: Apache-2.0

#include "formats/detect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string_view bytes;
  Format format;
  bool sure = true;
};

const Row kRows[] = {
    {"", Format::kText},
    {" \n", Format::kText},
    {"MSH|^~\\&|", Format::kHl7},
    {"\x0BMSH|^~\\&|", Format::kHl7},
    {"{\\rtf1\\ansi Hello}", Format::kRtf},
    {"\xEF\xBB\xBF{\\rtf1}", Format::kRtf},
    {"<!DOCTYPE html><p>x", Format::kHtml},
    {"<?xml version=\"1.0\"?>\n<html xmlns=\"x\"><p/></html>", Format::kHtml},
    {"<p>Seen: <b>J</b></p>", Format::kHtml, false},
    {"<section><text><paragraph>x</paragraph></text></section>", Format::kCcda},
    {"<ClinicalDocument xmlns=\"urn:hl7-org:v3\">", Format::kCcda},
    {"<?xml version=\"1.0\"?><patients><p/></patients>", Format::kCcda},
    {"{\"resourceType\": \"Patient\", \"id\": \"1\"}", Format::kFhir},
    {"{\"a\": 1}\n{\"a\": 2}\n", Format::kNdjson},
    {"[{\"a\": 1}]", Format::kNdjson},
    {"{\"time\": \"t\", \"level\": \"info\"}\n"
     "{\"time\": \"t\", \"level\": \"info\"}\n",
     Format::kNdjson},
    {"2024-01-02 03:04:05 INFO start\n2024-01-02 03:04:06 WARN go\n"
     "2024-01-02 03:04:07 ERROR stop\n",
     Format::kLog},
    {"<34>1 2003-10-11T22:14:15.003Z h a - - x\n"
     "<34>1 2003-10-11T22:14:15.003Z h a - - x\n"
     "<34>Oct 11 22:14:15 h su: x\n",
     Format::kLog},
    {"10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 1\n"
     "10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 1\n"
     "10.0.0.2 - j [10/Oct/2000:13:55:37 -0700] \"GET / HTTP/1.0\" 200 1\n",
     Format::kLog},
    {"mrn,last_name,first_name\n1,Doe,John\n2,Roe,Jane\n", Format::kCsv},
    {"7,x1,9\n8,x2,9\n7,x3,8\n6,x4,8\n5,x5,7\n", Format::kText, false},
    {"Patient Ann Lee, SSN 219-09-9999, seen 03/04/2021.\n"
     "Patient Ann Lee, SSN 219-09-9999, seen 03/04/2021.\n"
     "Patient Ann Lee, SSN 219-09-9999, seen 03/04/2021.\n"
     "Patient Ann Lee, SSN 219-09-9999, seen 03/04/2021.\n",
     Format::kText, false},
    {"# Note\n\n**Name:** John\n\n| a | b |\n|---|---|\n", Format::kMarkdown},
    {"# Note\n\n**Name:** John\n", Format::kMarkdown, false},
    // Prose that begins or goes on as a format would.
    {"MSH is a hospital", Format::kText},
    {"ISA*00*broken", Format::kText},
    {"{John} said", Format::kText},
    {"[1] Smith, John\n[2] Doe, Jane\n", Format::kText},
    {"[not seen]", Format::kText},
    {"<5 mg/dL, repeat in AM", Format::kText},
    {"<john@x.org> wrote:", Format::kText},
    {"Seen <b>today</b>", Format::kText},
    {"2024-01-02 03:04:05 pt resting\n2024-01-02 04:04:05 pt awake\n",
     Format::kText},
    {"2024-01-02 03:04 INFO given to family\n2024-01-02 04:04 seen\n",
     Format::kText},
    {"2024-01-02 03:04:05 INFO only one line", Format::kText},
    {"# 3 pain\n* rest\n- ice\n", Format::kText},
    {"**URGENT**\ncall back\n", Format::kText},
    {"Dear Dr. Smith, thank you,\nJohn, 54, was seen,\n", Format::kText},
};

TEST(Detect, TellsFormatsByTheirContent) {
  for (const Row& row : kRows) {
    const DetectedFormat found = DetectFormat(row.bytes);
    EXPECT_EQ(found.format, row.format) << row.bytes;
    EXPECT_EQ(found.sure, row.sure) << row.bytes;
    EXPECT_EQ(found.why.empty(), found.format == Format::kText && found.sure)
        << row.bytes;
  }
}

TEST(Detect, ANameDecidesWhatTheContentLeavesOpen) {
  EXPECT_EQ(DetectFormat("plain", "notes/a.MD").format, Format::kMarkdown);
  EXPECT_EQ(DetectFormat("plain", "a.log.gz").format, Format::kLog);
  EXPECT_EQ(DetectFormat("plain", "a.txt").format, Format::kText);
  EXPECT_EQ(DetectFormat("plain", "csv").format, Format::kText);
  EXPECT_EQ(DetectFormat("MSH|^~\\&|", "a.csv").format, Format::kHl7);
  EXPECT_EQ(DetectFormat("<p>x</p>", "a.md").format, Format::kHtml);
  EXPECT_TRUE(DetectFormat("<p>x</p>", "a.html").sure);
  EXPECT_TRUE(
      DetectFormat("mrn,last_name,dob\n1,Doe,x\n2,Roe,y\n", "a.csv").sure);
}

// Heads are cut anywhere.
TEST(Detect, TakesAnyFront) {
  for (const Row& row : kRows) {
    for (std::size_t n = 0; n <= row.bytes.size(); ++n) {
      DetectFormat(row.bytes.substr(0, n));
      DetectFormat(row.bytes.substr(n));
    }
  }
}

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// "123-nursing-note.txt": the test part is not read, nor what is no note.
bool IsNote(const std::string& name) {
  const std::size_t digits = name.find('-');
  if (digits == std::string::npos || digits == 0) return false;
  const char last = name[digits - 1];
  if (last == '4' || last == '9') return false;
  for (const std::string_view kind :
       {"log", "hl7", "csv", "fhir", "ccda", "json", "edi", "trace", "event",
        "xml", "tsv", "prescription", "markdown", "html", "sql", "syslog"}) {
    if (name.find(kind) != std::string::npos) return false;
  }
  return true;
}

TEST(Detect, EveryNoteIsText) {
  const fs::path notes = PHIWIRE_SOURCE_DIR "/../shared/corpus/notes";
  if (!fs::exists(notes)) GTEST_SKIP();
  int read = 0;
  for (const auto& entry : fs::directory_iterator(notes)) {
    const std::string name = entry.path().filename();
    if (!IsNote(name)) continue;
    ++read;
    const DetectedFormat found = DetectFormat(ReadFile(entry.path()));
    EXPECT_EQ(found.format, Format::kText) << name << ": " << found.why;
  }
  EXPECT_GT(read, 600);
}

TEST(Detect, EverySampleIsItself) {
  const fs::path samples = PHIWIRE_SOURCE_DIR "/../shared/samples";
  if (!fs::exists(samples)) GTEST_SKIP();
  const std::map<std::string, Format> kEndings = {{".json", Format::kFhir},
                                                  {".xml", Format::kCcda}};
  int read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(samples)) {
    const auto format = kEndings.find(entry.path().extension());
    if (format == kEndings.end()) continue;
    ++read;
    const DetectedFormat found = DetectFormat(ReadFile(entry.path()));
    EXPECT_EQ(found.format, format->second) << entry.path().filename();
    EXPECT_TRUE(found.sure) << entry.path().filename();
  }
  EXPECT_GT(read, 200);
}

}  // namespace
}  // namespace phiwire
