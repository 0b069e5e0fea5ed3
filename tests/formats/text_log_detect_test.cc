// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/detect.h"
#include "formats/formats.h"

namespace phiwire {
namespace {

TEST(TextFormat, IsOneRecordAndOneField) {
  const auto format = NewTextFormat();
  EXPECT_EQ(format->name(), "text");
  EXPECT_TRUE(format->Split("")->empty());
  const std::string text = "line one\nline two\n";
  const auto records = format->Split(text);
  ASSERT_EQ(records->size(), 1u);
  const auto fields = format->Fields(text);
  ASSERT_EQ(fields->fields.size(), 1u);
  EXPECT_EQ(fields->fields[0].begin, 0u);
  EXPECT_EQ(fields->fields[0].end, text.size());
  EXPECT_EQ(fields->fields[0].kind, FieldKind::kText);
  EXPECT_EQ(*format->Splice(text, {}), text);
  EXPECT_EQ(*format->Splice(text, std::vector<Edit>{{5, 8, "[X]\n"}}),
            "line [X]\n\nline two\n");
}

TEST(TextFormat, KeepsAByteOrderMarkOutOfTheField) {
  const auto fields = NewTextFormat()->Fields("\xEF\xBB\xBFhello");
  ASSERT_EQ(fields->fields.size(), 1u);
  EXPECT_EQ(fields->fields[0].begin, 3u);
}

TEST(TextFormat, RefusesBadEdits) {
  const auto format = NewTextFormat();
  EXPECT_FALSE(format->Splice("abc", std::vector<Edit>{{2, 4, ""}}).ok());
  EXPECT_FALSE(
      format->Splice("abc", std::vector<Edit>{{1, 2, ""}, {0, 1, ""}}).ok());
}

std::vector<std::string> Entries(const std::string& file) {
  std::vector<std::string> out;
  const auto records = NewLogFormat()->Split(file);
  for (const RecordRange& r : *records) {
    out.push_back(file.substr(r.begin, r.end - r.begin));
  }
  return out;
}

using Strings = std::vector<std::string>;

TEST(LogFormat, CutsEntries) {
  EXPECT_EQ(Entries(""), Strings{});
  EXPECT_EQ(Entries("\n  \n"), Strings{});
  EXPECT_EQ(Entries("a\nb\r\n\nc"), (Strings{"a", "b", "c"}));
  EXPECT_EQ(Entries("{\"msg\": \"x\"}\n{\"msg\": \"y\"}\n"),
            (Strings{"{\"msg\": \"x\"}", "{\"msg\": \"y\"}"}));
}

TEST(LogFormat, KeepsContinuationsWithTheirEntry) {
  EXPECT_EQ(Entries("ERROR boom\n\tat a.B(C.java:1)\nCaused by: x\n"
                    "\t... 3 more\nINFO next\n"),
            (Strings{"ERROR boom\n\tat a.B(C.java:1)\nCaused by: x\n"
                     "\t... 3 more",
                     "INFO next"}));
  EXPECT_EQ(Entries("2024 fail\nTraceback (most recent call last):\n"
                    "  File \"a.py\"\n    x()\nValueError: Jane\n2024 ok\n"),
            (Strings{"2024 fail\nTraceback (most recent call last):\n"
                     "  File \"a.py\"\n    x()\nValueError: Jane",
                     "2024 ok"}));
  EXPECT_EQ(Entries("state {\n  a: 1\n}\nnext"),
            (Strings{"state {\n  a: 1\n}", "next"}));
}

TEST(LogFormat, BytesBetweenEntriesAreOnlyBlank) {
  const std::string file = "a\r\n \t\r\nb\n c\n\n\nd";
  std::size_t last = 0;
  const auto records = NewLogFormat()->Split(file);
  for (const RecordRange& r : *records) {
    EXPECT_EQ(file.substr(last, r.begin - last).find_first_not_of(" \t\r\n"),
              std::string::npos);
    last = r.end;
  }
  EXPECT_EQ(last, file.size());
}

TEST(LogFormat, AReplacementBeginsNoNewEntry) {
  EXPECT_EQ(*NewLogFormat()->Splice("a b", std::vector<Edit>{{0, 1, "x\ny"}}),
            "x y b");
}

struct DetectRow {
  std::string_view bytes;
  Format format;
};

TEST(Detect, IsConservative) {
  const DetectRow kRows[] = {
      {"", Format::kText},
      {" \n", Format::kText},
      {"MSH|^~\\&|", Format::kHl7},
      {"FHS|^~\\&|", Format::kHl7},
      {"BHS|^~\\&|", Format::kHl7},
      {"MSH#$%!@#", Format::kHl7},
      {"\xEF\xBB\xBFMSH|^~\\&|", Format::kHl7},
      {"\r\n MSH|^~\\&|", Format::kHl7},
      {"\x0BMSH|^~\\&|", Format::kHl7},
      {"MSH", Format::kText},
      {"MSH is a hospital", Format::kText},
      {"msh|^~\\&|", Format::kText},
      {"PID|1||7", Format::kText},
  };
  for (const DetectRow& row : kRows) {
    EXPECT_EQ(DetectFormat(row.bytes).format, row.format) << row.bytes;
  }
}

}  // namespace
}  // namespace phiwire
