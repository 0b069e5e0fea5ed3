// SPDX-License-Identifier: Apache-2.0
//
// tests/formats/hl7v2/malformed.tsv: messages broken in the ways that senders
// break them, and what becomes of each: "refused REASON", or "read": then the
// patient is gone once every field is replaced.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "tests/formats/hl7_test_support.h"

namespace phiwire {
namespace {

struct Row {
  std::string name;
  std::string outcome;
  std::string message;
};

std::vector<Row> ReadRows() {
  std::vector<Row> rows;
  std::ifstream in(PHIWIRE_SOURCE_DIR "/tests/formats/hl7v2/malformed.tsv");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    rows.push_back({line.substr(0, first),
                    line.substr(first + 1, second - first - 1),
                    hl7_test::Unescape(line.substr(second + 1))});
  }
  return rows;
}

// The file with every field replaced, or why a record of it is refused.
std::string Outcome(const std::string& file, std::string* out) {
  const auto format = NewHl7v2Format();
  const auto records = format->Split(file);
  if (!records.ok()) return std::string(ToStd(records.status().message()));
  for (const RecordRange& range : *records) {
    const std::string_view record =
        std::string_view(file).substr(range.begin, range.end - range.begin);
    const auto fields = format->Fields(record);
    if (!fields.ok()) return std::string(ToStd(fields.status().message()));
    const auto spliced =
        format->Splice(record, hl7_test::EditAll(*fields, "*"));
    if (!spliced.ok()) return std::string(ToStd(spliced.status().message()));
    *out += *spliced;
  }
  return "read";
}

TEST(Hl7Malformed, EachCaseHasItsOutcome) {
  const std::vector<Row> rows = ReadRows();
  ASSERT_EQ(rows.size(), 35u);
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    std::string out;
    const std::string outcome = Outcome(row.message, &out);
    if (row.outcome == "read") {
      EXPECT_EQ(outcome, "read");
      for (const char* gone :
           {"Doe", "John", "Jos", "|123", "20240101", "line one", "text"}) {
        EXPECT_EQ(out.find(gone), std::string::npos) << gone;
      }
      continue;
    }
    const std::string reason = row.outcome.substr(row.outcome.find(' ') + 1);
    EXPECT_NE(outcome.find(reason), std::string::npos) << outcome;
    for (const char* told : {"Doe", "John", "123"}) {
      EXPECT_EQ(outcome.find(told), std::string::npos) << "content is told";
    }
  }
}

}  // namespace
}  // namespace phiwire
