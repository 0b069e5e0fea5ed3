// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json/document.h"
#include "json_test_support.h"

namespace phiwire {
namespace {

using json_test::EditSlots;
using json_test::Lines;
using testing::ElementsAre;

std::unique_ptr<FormatReader> Reader(std::vector<SiteRule> rules = {}) {
  auto reader = NewNdjsonFormat(rules);
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

std::string OneLine(std::string text) {
  for (std::size_t at; (at = text.find('\n')) != std::string::npos;) {
    text.replace(at, 1, "\xE2\x8F\x8E");
  }
  return text;
}

TEST(JsonFormat, GivesTheFieldsOfTheCases) {
  const std::string all = json_test::Read(std::string(PHIWIRE_SOURCE_DIR) +
                                          "/tests/formats/json/fields.cases");
  const auto reader = Reader();
  std::size_t cases = 0;
  for (std::size_t at = all.find("\n== "); at != std::string::npos; ++cases) {
    const std::size_t next = std::min(all.find("\n== ", at + 1), all.size());
    const std::string one = all.substr(at + 4, next - at - 4);
    const std::size_t line = one.find('\n');
    const std::size_t bar = one.find("\n---\n");
    const std::string record = one.substr(line + 1, bar - line - 1);
    std::string expected = one.substr(bar + 5);
    while (expected.ends_with('\n')) expected.pop_back();
    std::string got;
    for (const std::string& l : Lines(*reader, record)) {
      got += (got.empty() ? "" : "\n") + OneLine(l);
    }
    EXPECT_EQ(got, expected) << one.substr(0, line);
    at = next == all.size() ? std::string::npos : next;
  }
  EXPECT_GE(cases, 5u);
}

struct Layout {
  std::string_view name;
  std::string_view file;
  std::vector<std::string> records;
  bool streams;
};

TEST(JsonFormat, FallsIntoLinesOrOneValue) {
  const std::vector<Layout> cases = {
      {"lines", "{\"a\":1}\n{\"b\":2}\n", {"{\"a\":1}", "{\"b\":2}"}, true},
      {"no end", "{\"a\":1}\n[2]", {"{\"a\":1}", "[2]"}, true},
      {"CRLF and blanks",
       "\xEF\xBB\xBF{\"a\":1}\r\n\r\n  {}\r\n",
       {"{\"a\":1}", "{}"},
       true},
      {"one line", "{\"a\":1}\n", {"{\"a\":1}"}, false},
      {"pretty", "{\n \"a\":1\n}\n", {"{\n \"a\":1\n}"}, false},
      {"brackets in a string",
       "{\"a\":\"}\\\"]\"}\n{}\n",
       {"{\"a\":\"}\\\"]\"}", "{}"},
       true},
      {"nothing", " \n\n", {}, false},
  };
  const auto reader = Reader();
  for (const Layout& c : cases) {
    const auto own = reader->Open(c.file, true);
    ASSERT_TRUE(own.ok()) << c.name;
    EXPECT_EQ((*own)->streams(), c.streams) << c.name;
    for (const FormatReader* of :
         {static_cast<const FormatReader*>(reader.get()), own->get()}) {
      const auto ranges = of->Split(c.file);
      ASSERT_TRUE(ranges.ok()) << c.name;
      std::vector<std::string> records;
      for (const RecordRange& r : *ranges) {
        records.emplace_back(c.file.substr(r.begin, r.end - r.begin));
      }
      EXPECT_EQ(records, c.records) << c.name;
    }
  }
  const auto lines = reader->Open("{\"a\":1}\n{\"a\":2}\n{\"a", false);
  ASSERT_TRUE(lines.ok());
  EXPECT_EQ((*lines)->Cut("{\"a\":1}\n{\"a\":2}\n{\"a"), 16u);
  EXPECT_EQ((*lines)->Cut("{\"a"), 0u);
}

TEST(JsonFormat, KnowsWhoseRecordItIs) {
  const auto reader = Reader();
  const auto one = reader->Fields(
      "{\"id\":7,\"mrn\":\"A1\",\"last_name\":\"Doe\",\"first_name\":\"Jo\","
      "\"note\":\"x y z\",\"visits\":[{\"id\":9,\"note\":\"a b c\"}]}");
  ASSERT_TRUE(one.ok());
  EXPECT_THAT(one->subjects, ElementsAre("A1"));
  for (const Field& f : one->fields) EXPECT_EQ(f.subject, 0) << f.path;
  ASSERT_EQ(one->persons.size(), 1u);
  EXPECT_EQ(one->persons[0].family, "Doe");
  EXPECT_EQ(one->persons[0].given, "Jo");
  const auto many = reader->Fields(
      "[{\"mrn\":\"A1\",\"note\":\"x y z\"},{\"mrn\":\"B2\",\"note\":\"q "
      "r\"}]");
  ASSERT_TRUE(many.ok());
  EXPECT_THAT(many->subjects, ElementsAre("A1", "B2"));
  EXPECT_EQ(many->fields.back().subject, 1);
}

TEST(JsonFormat, KeptValuesThatRepeatANameAreScanned) {
  const auto reader = Reader();
  EXPECT_THAT(
      Lines(*reader, "{\"last_name\":\"Quimby\",\"status\":\"Quimby\"}"),
      ElementsAre("last_name slot NAME Quimby", "status text Quimby"));
}

TEST(JsonFormat, SiteRulesComeFirst) {
  const auto reader = Reader({{"ward", SiteRule::As::kSlot, PhiType::kFacility},
                              {"a.b", SiteRule::As::kDrop, PhiType::kId},
                              {"city", SiteRule::As::kKeep, PhiType::kId},
                              {"sex", SiteRule::As::kText, PhiType::kId}});
  EXPECT_THAT(
      Lines(
          *reader,
          "{\"ward\":\"7 W\",\"x\":{\"ward\":[\"8\"]},\"a\":{\"b\":{\"c\":5}},"
          "\"city\":\"Rome\",\"sex\":\"M\"}"),
      ElementsAre("ward slot FACILITY 7 W", "x.ward slot FACILITY 8",
                  "a.b.c slot ID empty 5", "sex text M"));
  for (const std::string_view bad : {"", ".a", "a.", "a..b"}) {
    const std::vector<SiteRule> rules = {
        {std::string(bad), SiteRule::As::kKeep, PhiType::kId}};
    EXPECT_EQ(NewNdjsonFormat(rules).status().code(),
              absl::StatusCode::kInvalidArgument)
        << bad;
  }
}

TEST(JsonFormat, BytesOutsideRandomEditsStay) {
  const auto reader = Reader();
  const std::string record =
      "{ \"first_name\" : \"J\\u00f6rg\\n\\ud83d\\ude00\", \"mrn\":\"1234567\","
      "\"notes\":[\"he said \\\"hi\\\"\", \"caf\xC3\xA9 \xF0\x9F\x98\x80\"],"
      "\"John Smith\":{\"x\":\"plain text here\"}}";
  const auto fields = reader->Fields(record);
  ASSERT_TRUE(fields.ok());
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::vector<Edit> edits;
    for (Edit& edit : json_test::RandomEdits(*fields, random)) {
      // Whole characters only, as findings are.
      const auto inside = [&](std::size_t at) {
        return at < record.size() &&
               (static_cast<unsigned char>(record[at]) & 0xC0) == 0x80;
      };
      if (!inside(edit.begin) && !inside(edit.end)) edits.push_back(edit);
    }
    const auto out = reader->Splice(record, edits);
    ASSERT_TRUE(out.ok()) << "seed " << seed << ' ' << out.status();
    EXPECT_TRUE(json::Parse(*out).ok()) << "seed " << seed;
    std::string expected;
    std::size_t copied = 0;
    for (const Edit& edit : edits) {
      expected += record.substr(copied, edit.begin - copied);
      expected += "<\\\"\\\\\\n&>";
      copied = edit.end;
    }
    EXPECT_EQ(*out, expected + record.substr(copied)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace phiwire
