// SPDX-License-Identifier: Apache-2.0
//
// What is read in each dialect of logs (tests/formats/log/entries.txt), how
// replacements are written there, and what holds for every log.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/strings.h"
#include "formats/formats.h"
#include "formats/json/document.h"
#include "formats/log/entries.h"
#include "formats/log/header.h"
#include "formats/log/sniff.h"

namespace phiwire {
namespace {

struct Row {
  std::string entry;
  std::string fields;
};

std::string WithLineEnds(std::string text) {
  for (std::size_t at; (at = text.find("<LF>")) != std::string::npos;) {
    text.replace(at, 4, "\n");
  }
  return text;
}

std::vector<Row> ReadRows() {
  std::vector<Row> rows;
  std::ifstream in(PHIWIRE_SOURCE_DIR "/tests/formats/log/entries.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("> ")) {
      rows.push_back({WithLineEnds(line.substr(2)), ""});
    } else if (!line.empty() && !line.starts_with("#")) {
      rows.back().fields += line + "\n";
    }
  }
  return rows;
}

std::string Describe(std::string_view entry, const RecordFields& read) {
  std::string out;
  for (const Field& f : read.fields) {
    std::string raw(entry.substr(f.begin, f.end - f.begin));
    for (std::size_t at; (at = raw.find('\n')) != std::string::npos;) {
      raw.replace(at, 1, "<LF>");
    }
    while (!raw.empty() && raw.back() == ' ') raw.pop_back();
    out += Concat({f.path, " ",
                   f.kind == FieldKind::kSlot ? TypeName(f.type) : "text", " ",
                   raw});
    if (!f.offsets.empty()) out += " ~ " + f.decoded;
    while (out.back() == ' ') out.pop_back();
    out += "\n";
  }
  return out;
}

TEST(Log, ReadsEachDialect) {
  const std::vector<Row> rows = ReadRows();
  ASSERT_GT(rows.size(), 20u);
  for (const Row& row : rows) {
    std::string expected = row.fields;
    for (std::size_t at; (at = expected.find(" \n")) != std::string::npos;) {
      expected.erase(at, 1);
    }
    EXPECT_EQ(Describe(row.entry, *NewLogFormat()->Fields(row.entry)), expected)
        << row.entry;
  }
}

std::vector<std::string> Known(std::string_view entry) {
  std::vector<std::string> out;
  const auto read = NewLogFormat()->Fields(entry);
  for (const KnownValue& k : read->known) {
    out.push_back(k.value);
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Log, AnEntrysKeysGiveKnownValues) {
  EXPECT_EQ(Known("user=jdoe msg=\"jdoe left\""),
            (std::vector<std::string>{"jdoe"}));
  EXPECT_EQ(Known("user=root x"), std::vector<std::string>{});
  EXPECT_EQ(Known("patient=\"Jane Smith\" seen"),
            (std::vector<std::string>{"Jane", "Jane Smith", "Smith"}));
  EXPECT_EQ(Known("{\"user\":\"jdoe\",\"msg\":\"jdoe left\"}"),
            (std::vector<std::string>{"jdoe"}));
}

TEST(Log, TheMedicalRecordNumberIsTheSubject) {
  EXPECT_EQ(NewLogFormat()->Fields("patient_id=12 mrn=0048213 id=7")->subjects,
            (std::vector<std::string>{"0048213"}));
  EXPECT_TRUE(NewLogFormat()->Fields("level=info hello")->subjects.empty());
}

struct WriteRow {
  std::string_view entry;
  std::string_view part;  // what is replaced
  std::string_view text;
  std::string_view expected;
};

TEST(Log, WritesAsThePlaceNeedsIt) {
  const WriteRow kRows[] = {
      {"a Jane b", "Jane", "x\ny \"z\"", "a x y \"z\" b"},
      {"msg=\"a Jane b\" c", "Jane", "x\n\"\\", "msg=\"a x \\\"\\\\ b\" c"},
      {"name = 'Jane' x", "Jane", "O'Brien", "name = 'O''Brien' x"},
      {"GET /p?n=Jane&m=2 HTTP", "Jane", "A B&\"",
       "GET /p?n=A%20B%26'&m=2 HTTP"},
      {"{\"a\":\"Jane\"}", "Jane", "x\n\"", "{\"a\":\"x\\n\\\"\"}"},
      {"{\"a\":12345}", "12345", "[ID]", "{\"a\":\"[ID]\"}"},
      {"{\"a\":Jane", "Jane", "x\"", "{\"a\":x\""},
  };
  for (const WriteRow& row : kRows) {
    const std::size_t at = row.entry.find(row.part);
    const std::vector<Edit> edits = {
        {at, at + row.part.size(), std::string(row.text)}};
    EXPECT_EQ(*NewLogFormat()->Splice(row.entry, edits), row.expected);
  }
}

TEST(Log, FramesAreNoText) {
  for (std::string_view frame :
       {"\tat com.acme.Ward$Inner.load(Ward.java:12)",
        "    at a.b.<init>(Native Method)", "\t... 12 more",
        "  at java.base/java.lang.Thread.run(Unknown Source)"}) {
    EXPECT_TRUE(log::IsFrame(frame)) << frame;
  }
  for (std::string_view text :
       {"\tat home with Jane", "at 12 (noon)", "\tat a.b(Jane Smith)",
        "  File \"/home/jsmith/a.py\", line 3, in run", "... more", ""}) {
    EXPECT_FALSE(log::IsFrame(text)) << text;
  }
}

// Logs and things that are none, for --format auto.
TEST(Log, IsToldByItsLines) {
  for (std::string_view yes :
       {"2024-03-01 12:30:45 INFO a\n2024-03-01 12:30:46 WARN b\n"
        "2024-03-01 12:30:47 INFO c\n",
        "2024-03-01 12:30:45 ERROR a\n\tat a.b.C.d(E.java:1)\n"
        "2024-03-01 12:30:46 WARN b\n2024-03-01 12:30:47 INFO c",
        "<34>1 2024-03-01T12:30:45Z h a 1 - - x\n"
        "<34>1 2024-03-01T12:30:46Z h a 1 - - y\n"
        "<34>1 2024-03-01T12:30:46Z h a 1 - - y\n",
        "1.2.3.4 - - [01/Mar/2024:12:30:45 +0000] \"GET / HTTP/1.1\" 200 1\n"
        "1.2.3.4 - - [01/Mar/2024:12:30:46 +0000] \"GET / HTTP/1.1\" 200 1\n"
        "1.2.3.4 - - [01/Mar/2024:12:30:46 +0000] \"GET / HTTP/1.1\" 200 1\n",
        "level=info msg=a\nlevel=info msg=b\nts=1 level=warn msg=c\n"}) {
    EXPECT_TRUE(LooksLikeLog(yes)) << yes;
  }
  for (std::string_view no :
       {"", "2024-03-01 12:30:45 INFO one line",
        "2024-03-01 12:30 Seen by Dr. Lee\n2024-03-01 13:00 BP 120/80\n"
        "2024-03-01 14:00 Discharged home\n",
        "03/01/2024 08:15 Patient stable.\n03/01/2024 09:15 Patient stable.\n"
        "03/01/2024 10:15 Patient stable.\n",
        "Patient: Jane\nDOB: 1980-01-31\nNote: well\n",
        "name,dob\nJane,1980-01-31\nLee,1981-02-01\n",
        "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n"}) {
    EXPECT_FALSE(LooksLikeLog(no)) << no;
  }
  EXPECT_TRUE(
      LooksLikeJsonLog("{\"ts\":1,\"level\":\"info\",\"msg\":\"a\"}\n{\"ts\":2,"
                       "\"level\":\"x\"}"));
  EXPECT_FALSE(LooksLikeJsonLog("{\"level\":3,\"name\":\"Jane\"}\n"));
  EXPECT_FALSE(LooksLikeJsonLog(""));
}

// Made logs: every dialect's rows in random order.
std::string MakeLog(std::mt19937& random, const std::vector<Row>& rows) {
  std::string out;
  for (std::size_t n = 1 + random() % 30; n-- > 0;) {
    out += rows[random() % rows.size()].entry;
    out += random() % 5 == 0 ? "\r\n" : "\n";
    if (random() % 8 == 0) out += "\n";
  }
  if (random() % 3 == 0) out.pop_back();
  return out;
}

void CheckEntry(std::string_view entry, std::mt19937& random) {
  const auto format = NewLogFormat();
  const auto read = format->Fields(entry);
  ASSERT_TRUE(read.ok());
  std::size_t last = 0;
  std::vector<Edit> edits;
  for (const Field& f : read->fields) {
    ASSERT_LE(last, f.begin) << entry;
    ASSERT_LT(f.begin, f.end) << entry;
    ASSERT_LE(f.end, entry.size());
    last = f.end;
    if (!f.offsets.empty()) {
      ASSERT_EQ(f.offsets.size(), f.decoded.size() + 1);
      ASSERT_TRUE(std::is_sorted(f.offsets.begin(), f.offsets.end()));
      ASSERT_GE(f.offsets.front(), f.begin);
      ASSERT_EQ(f.offsets.back(), f.end);
    }
    std::size_t end = f.end;
    for (const RecordRange& gap : f.gaps) {
      ASSERT_LE(f.begin, gap.begin);
      ASSERT_LE(gap.end, f.end);
      end = std::min(end, gap.begin);
    }
    if (end > f.begin && random() % 2 == 0) {
      edits.push_back({f.begin, end, "[X\r\n\"']"});
    }
  }
  ASSERT_EQ(*format->Splice(entry, {}), entry);
  const auto out = format->Splice(entry, edits);
  ASSERT_TRUE(out.ok());
  // One line in, one line out.
  ASSERT_EQ(std::count(out->begin(), out->end(), '\n'),
            std::count(entry.begin(), entry.end(), '\n'));
  if (entry.front() == '{' && entry.find('\n') == std::string_view::npos &&
      json::Parse(entry).ok()) {
    ASSERT_TRUE(json::Parse(*out).ok()) << *out;
    return;
  }
  std::size_t at = 0;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    const auto kept = entry.substr(copied, edit.begin - copied);
    at = out->find(kept, at);
    ASSERT_NE(at, std::string::npos) << entry;
    at += kept.size();
    copied = edit.end;
  }
  ASSERT_TRUE(out->ends_with(entry.substr(copied)));
}

std::vector<std::string_view> EntriesOf(std::string_view log) {
  std::vector<std::string_view> out;
  for (const RecordRange& r : SplitLogEntries(log)) {
    out.push_back(log.substr(r.begin, r.end - r.begin));
  }
  return out;
}

TEST(LogProperties, HoldForMadeAndMutatedLogs) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<Row> rows = ReadRows();
  const std::string_view bytes("=\"'[]{}()<>%+?&/\\ \t\n:,0aZ\xC3\xA9");
  for (int round = 0; round < 600; ++round) {
    std::string log = MakeLog(random, rows);
    for (auto n = random() % 12; n-- > 0;) {
      log[random() % log.size()] = bytes[random() % bytes.size()];
    }
    for (const std::string_view entry : EntriesOf(log)) {
      CheckEntry(entry, random);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(LogProperties, PiecesGiveTheSameEntries) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<Row> rows = ReadRows();
  for (int round = 0; round < 300; ++round) {
    const std::string log = MakeLog(random, rows);
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    std::size_t end = 0;
    const auto take = [&](std::size_t size) {
      for (const auto entry :
           EntriesOf(std::string_view(log).substr(begin, size))) {
        pieces.push_back(entry);
      }
      begin += size;
    };
    while (end < log.size()) {
      end = std::min<std::size_t>(end + 1 + random() % 200, log.size());
      take(NewLogFormat()->Cut(
          std::string_view(log).substr(begin, end - begin)));
    }
    take(log.size() - begin);
    ASSERT_EQ(pieces, EntriesOf(log));
  }
}

}  // namespace
}  // namespace phiwire
