// SPDX-License-Identifier: Apache-2.0
//
// Replacements are written in the character set of their message.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "formats/formats.h"
#include "formats/hl7v2/charset.h"

namespace phiwire::hl7v2 {
namespace {

std::string Message(std::string_view charset, std::string_view name) {
  return Concat({"MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5||||||", charset,
                 "\rPID|1||1||", name, "^X\r"});
}

// PID-5.1 after the field of that place is replaced.
std::string Replaced(std::string_view charset, std::string_view name,
                     std::string_view by) {
  const auto format = NewHl7v2Format();
  const std::string record = Message(charset, name);
  const auto fields = format->Fields(record);
  if (!fields.ok()) return std::string(ToStd(fields.status().message()));
  for (const Field& f : fields->fields) {
    if (f.path != "PID-5.1") continue;
    const std::vector<Edit> edits = {{f.begin, f.end, std::string(by)}};
    const auto out = format->Splice(record, edits);
    if (!out.ok()) return std::string(ToStd(out.status().message()));
    const std::size_t begin = record.find("PID|1||1||") + 10;
    EXPECT_EQ(out->substr(0, begin), record.substr(0, begin));
    return out->substr(begin, out->find("^X\r") - begin);
  }
  return "no field";
}

struct Row {
  std::string_view charset;
  std::string_view name;
  std::string_view by;
  std::string_view expected;
};

TEST(Hl7Charset, TakesReplacementsOfItsOwn) {
  constexpr Row kRows[] = {
      {"8859/1", "Jos\xE9", "Zo\xC3\xAB", "Zo\xEB"},
      {"8859/2", "\xB3uk", "\xC5\x81ucja", "\xA3ucja"},
      {"8859/15", "\xA4", "\xE2\x82\xAC", "\xA4"},
      {"WINDOWS-1252", "O\x92Neil", "\xE2\x80\x99", "\x92"},
      // Without its accent, or a question mark, where the set lacks it.
      {"8859/5", "\xB8", "Zo\xC3\xAB \xE5\xB1\xB1", "Zoe ?"},
      {"ASCII", "Joe", "Zo\xC3\xAB", "Zoe"},
      {"8859/1", "Joe", "Zo\xC3\xAB", "Zoe"},
      {"UNICODE UTF-8", "Joe", "Zo\xC3\xAB", "Zo\xC3\xAB"},
      {"", "Joe", "Zo\xC3\xAB", "Zo\xC3\xAB"},
      {"8859/1", "Jos\xC3\xA9", "Zo\xC3\xAB", "Zo\xC3\xAB"},
      {"8859/1", "Jos\xE9", "a|b^\xC3\xAB", "a\\F\\b\\S\\\xEB"},
      {"~ISO IR87", "\x1B$B;3ED\x1B(B", "Roe", "Roe"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Replaced(row.charset, row.name, row.by), row.expected)
        << row.charset << " " << row.by;
  }
}

TEST(Hl7Charset, LeavesASwitchedSetAroundAnEditAndEntersItAgain) {
  const auto format = NewHl7v2Format();
  for (const bool raw : {true, false}) {
    const std::string in = raw ? "\x1B$B" : "\\M2442\\";
    const std::string out = raw ? "\x1B(B" : "\\C2842\\";
    const std::string record =
        Message("~ISO IR87", Concat({in, ";3ED4A", out}));
    const auto fields = format->Fields(record);
    ASSERT_TRUE(fields.ok()) << fields.status().message();
    const std::size_t at = record.find(";3ED4A");
    const std::vector<Edit> edits = {{at + 2, at + 4, "X"}};
    const auto spliced = format->Splice(record, edits);
    ASSERT_TRUE(spliced.ok());
    EXPECT_NE(spliced->find(Concat({in, ";3", out, "X", in, "4A", out})),
              std::string::npos);
    EXPECT_TRUE(format->Fields(*spliced).ok());
  }
}

TEST(Hl7Charset, KnowsTheNamesOfTable0211) {
  using Kind = Charset::Kind;
  const Delimiters d;
  struct Name {
    std::string_view msh18;
    Kind kind;
    bool iso2022;
  };
  constexpr Name kNames[] = {
      {"", Kind::kAbsent, false},
      {"ASCII", Kind::kAscii, false},
      {"ISO IR6", Kind::kAscii, false},
      {"8859/1", Kind::kTable, false},
      {"8859/15", Kind::kTable, false},
      {"ISO-8859-7", Kind::kTable, false},
      {"windows-1252", Kind::kTable, false},
      {"UNICODE UTF-8", Kind::kUtf8, false},
      {"UTF-8", Kind::kUtf8, false},
      {"~ISO IR87", Kind::kAscii, true},
      {"8859/1~ISO IR87", Kind::kTable, true},
      {"ISO-2022-JP", Kind::kAscii, true},
      {"BIG-5", Kind::kUnknown, false},
      {"GB 18030-2000", Kind::kUnknown, false},
  };
  for (const Name& name : kNames) {
    const Charset charset = CharsetOf(name.msh18, d);
    EXPECT_EQ(charset.kind, name.kind) << name.msh18;
    EXPECT_EQ(charset.iso2022, name.iso2022) << name.msh18;
    EXPECT_EQ(charset.table != nullptr, name.kind == Kind::kTable);
  }
}

// Every table has most of its upper half: ICU knew the name.
TEST(Hl7Charset, TablesAreFilled) {
  for (const char* name :
       {"8859/1",       "8859/2",       "8859/3",       "8859/4",
        "8859/5",       "8859/6",       "8859/7",       "8859/8",
        "8859/9",       "8859/10",      "8859/11",      "8859/13",
        "8859/14",      "8859/15",      "CP1250",       "CP1251",
        "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255", "WINDOWS-1256",
        "WINDOWS-1257", "WINDOWS-1258", "ISO IR14"}) {
    const Charset charset = CharsetOf(name, Delimiters());
    ASSERT_NE(charset.table, nullptr) << name;
    const auto filled =
        std::count_if(charset.table->begin(), charset.table->end(),
                      [](char16_t c) { return c != 0; });
    EXPECT_GE(filled, 60) << name;
  }
}

}  // namespace
}  // namespace phiwire::hl7v2
