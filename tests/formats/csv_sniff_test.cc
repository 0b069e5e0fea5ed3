// SPDX-License-Identifier: Apache-2.0
//
// What tells separated text from prose: counting must agree with splitting.

#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "formats/table/dialect.h"
#include "formats/table/rows.h"
#include "formats/table/sniff.h"

namespace phiwire {
namespace {

TEST(CsvSniff, IsSniffedFromItsRows) {
  for (const char* head :
       {"mrn,name,dob\n1,Doe,1980\n", "patient_id\tnote\n1\tseen\n",
        "a;b;c\n1;2;3\n4;5;6\n7;8;9\n1;2;3\n"}) {
    EXPECT_TRUE(FindCsvSigns(head).table) << head;
  }
  for (const char* head :
       {"", "Dear Dr. Doe,\nthank you, as ever.\nYours, A\n",
        "Patient Name, seen today\n", "MSH|^~\\&|A|B\nPID|1\n",
        "{\"a\": 1,\n\"b\": 2}\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"}) {
    EXPECT_FALSE(FindCsvSigns(head).table) << head;
  }
  EXPECT_EQ(FindCsvSigns("mrn,name,dob\n1,Doe,1980\n").known, 3u);
  EXPECT_EQ(FindCsvSigns("mrn,foo,bar\n1,Doe,1980\n").known, 1u);
  EXPECT_TRUE(FindCsvSigns("mrn,dob,bar\n1,1980,x\n").header);
  EXPECT_FALSE(FindCsvSigns("mrn,foo,bar\n1,Doe,1980\n").header);
}

// Rows are counted where they need not be split; this splits them all.
table::Separation SplitAll(std::string_view head, bool whole, char separator) {
  table::Separation out;
  out.separator = separator;
  std::map<std::size_t, std::size_t> counts;
  table::RowScanner scanner(head, separator);
  std::vector<table::Cell> cells;
  RecordRange row;
  bool ended = false;
  while (scanner.Next(&row, &ended) && (ended || whole || out.rows == 0)) {
    const auto text = head.substr(row.begin, row.end - row.begin);
    if (!table::SplitCells(text, separator, &cells).ok()) cells.clear();
    if (out.rows++ == 0) out.first = cells.size();
    ++counts[cells.size()];
  }
  std::size_t most = 0;
  for (const auto& [width, count] : counts) {
    if (width == 0 || count < most) continue;
    most = count;
    out.cells = width;
  }
  if (out.rows > 0) {
    out.share = static_cast<double>(most) / static_cast<double>(out.rows);
  }
  return out;
}

// The first of those under which rows are most alike.
table::Separation Best(std::string_view head, bool whole) {
  const auto rank = [](const table::Separation& s) {
    return std::tuple(s.cells > 1, static_cast<int>(s.share * 20), s.cells);
  };
  table::Separation best = SplitAll(head, whole, ',');
  for (const char separator : {'\t', ';', '|'}) {
    const auto split = SplitAll(head, whole, separator);
    if (rank(split) > rank(best)) best = split;
  }
  return best;
}

class CsvSeparation : public ::testing::TestWithParam<unsigned> {};

TEST_P(CsvSeparation, CountsAsSplittingDoes) {
  std::mt19937 random(GetParam());
  // Quotes open cells in some texts, stand in words in others.
  constexpr std::string_view kBytes[] = {"ab,,;|\t\"\"\r\n\n",
                                         "abc,;|\t\r\n\n"};
  const std::string_view bytes = kBytes[GetParam() % 2];
  std::string head;
  for (auto i = random() % 300; i > 0; --i) {
    head += bytes[random() % bytes.size()];
    if (head.back() == 'c') head += '"';
  }
  for (const bool whole : {false, true}) {
    SCOPED_TRACE(::testing::Message() << "seed " << GetParam());
    const auto told = table::TellSeparator(head, whole, {});
    const auto best = Best(head, whole);
    EXPECT_EQ(told.separator, best.separator);
    EXPECT_EQ(told.rows, best.rows);
    EXPECT_EQ(told.cells, best.cells);
    EXPECT_EQ(told.first, best.first);
    EXPECT_EQ(told.share, best.share);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CsvSeparation, ::testing::Range(1u, 400u));

}  // namespace
}  // namespace phiwire
