// SPDX-License-Identifier: Apache-2.0

#include "policy/columns.h"

#include <gtest/gtest.h>

#include <string>

#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kMap = R"(version: 1
format: csv
separator: tab
header: true
subject: mrn
strict: true
columns:
  mrn: {as: MEDICALRECORD, anonymizer: hash}
  visit: {as: DATE, anonymizer: date_shift, subject: mrn}
  note: {as: text}
  "#7": {as: drop}
  ninth: {index: 9, as: keep}
  other: {}
)";

TEST(Columns, AreReadAsWritten) {
  const auto columns = ParseColumns(kMap, "map.yaml");
  ASSERT_TRUE(columns.ok()) << columns.status();
  const ColumnMap& map = columns->map;
  EXPECT_EQ(columns->format, Format::kCsv);
  EXPECT_EQ(map.separator, '\t');
  EXPECT_EQ(map.header, true);
  EXPECT_EQ(map.subject, "mrn");
  EXPECT_TRUE(map.strict);
  ASSERT_EQ(map.columns.size(), 6u);
  EXPECT_EQ(map.columns[0].type, PhiType::kMedicalRecord);
  EXPECT_EQ(map.columns[1].subject, "mrn");
  EXPECT_EQ(map.columns[3].index, 7u);
  EXPECT_TRUE(map.columns[3].name.empty());
  EXPECT_EQ(map.columns[4].index, 9u);
  EXPECT_FALSE(map.columns[5].as.has_value());
  ASSERT_EQ(columns->overrides.size(), 3u);
  EXPECT_EQ(columns->overrides[0].field, "mrn");
  EXPECT_EQ(columns->overrides[0].policy.anonymizer, "hash");
  EXPECT_EQ(columns->overrides[2].field, "#7");
  EXPECT_EQ(columns->overrides[2].policy.anonymizer, "redact");
  EXPECT_TRUE(columns->Of(Format::kFixed).empty());
}

TEST(Columns, FixedWidthIsCountedFromOne) {
  const auto columns = ParseColumns(
      "version: 1\nformat: fixed\nunit: bytes\ncolumns:\n"
      "  mrn: {begin: 1, width: 6}\n  name: {begin: 7, width: 10}\n",
      "map.yaml");
  ASSERT_TRUE(columns.ok()) << columns.status();
  EXPECT_TRUE(columns->map.in_bytes);
  EXPECT_EQ(columns->map.columns[0].begin, 0u);
  EXPECT_EQ(columns->map.columns[1].begin, 6u);
  EXPECT_EQ(columns->map.columns[1].width, 10u);
}

TEST(Columns, MistakesNameTheirPlace) {
  struct {
    const char* yaml;
    const char* error;
  } cases[] = {
      {"format: csv\n", "no version"},
      {"version: 2\n", "version 1"},
      {"version: 1\nformat: xlsx\n", "expected csv or fixed"},
      {"version: 1\nseparator: ab\n", "expected one character"},
      {"version: 1\nfoo: 1\n", "foo"},
      {"version: 1\ncolumns: [a]\n", "expected a map"},
      {"version: 1\ncolumns: {a: {as: WHAT}}\n", "expected text, keep"},
      {"version: 1\ncolumns: {a: {is: NAME}}\n", "is"},
      {"version: 1\ncolumns: {a: {anonymizer: what}}\n", "unknown anonymizer"},
      {"version: 1\ncolumns: {a: {as: keep, anonymizer: mask}}\n", "kept"},
      {"version: 1\ncolumns: {a: {as: DATE, anonymizer: mask, chars: 1}}\n",
       "unknown key"},
      {"version: 1\ncolumns: {a: {index: 0}}\n", "expected 1 to"},
      {"version: 1\ncolumns: {a: {begin: 1, width: 2}}\n", "format: fixed"},
      {"version: 1\nformat: fixed\n", "needs columns"},
      {"version: 1\nformat: fixed\ncolumns: {a: {as: text}}\n", "begin"},
      {"version: 1\nformat: fixed\ncolumns:\n  a: {begin: 1, width: 5}\n"
       "  b: {begin: 5, width: 2}\n",
       "overlap"},
      {"version: 1\nversion: 1\n", "version"},
  };
  for (const auto& c : cases) {
    const auto columns = ParseColumns(c.yaml, "map.yaml");
    ASSERT_FALSE(columns.ok()) << c.yaml;
    const std::string message(ToStd(columns.status().message()));
    EXPECT_TRUE(message.starts_with("map.yaml:")) << message;
    EXPECT_NE(message.find(c.error), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace phiwire
