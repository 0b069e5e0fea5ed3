// SPDX-License-Identifier: Apache-2.0

#include "rules/document_view.h"

#include <gtest/gtest.h>

#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

class DocumentViewTest : public DocumentFixture {
 protected:
  const TokenView& Of(std::string_view surface, int n = 1) const {
    return view_.view(Find(surface, n));
  }
  const Line& LineOf(std::string_view surface) const {
    return view_.line(Find(surface));
  }
};

TEST_F(DocumentViewTest, AnEmptyTextHasOneEmptyLine) {
  Read("");
  EXPECT_EQ(view_.size(), 0u);
  ASSERT_EQ(view_.lines().size(), 1u);
  EXPECT_EQ(view_.lines()[0].first, view_.lines()[0].last);
}

TEST_F(DocumentViewTest, CountsWhatStandsOnALine) {
  Read("Jane DOE, 45: a|b\n\nnext");
  const Line& line = LineOf("DOE");
  EXPECT_EQ(line.words, 4u);
  EXPECT_EQ(line.titles, 1u);
  EXPECT_EQ(line.uppers, 1u);
  EXPECT_EQ(line.numbers, 1u);
  EXPECT_EQ(line.commas, 1u);
  EXPECT_EQ(line.colons, 1u);
  EXPECT_EQ(line.pipes, 1u);
  EXPECT_EQ(line.delimiter, 0);
  EXPECT_FALSE(line.blank_before);
  EXPECT_TRUE(LineOf("next").blank_before);
  EXPECT_EQ(view_.lines().size(), 3u);
}

TEST_F(DocumentViewTest, ALineEndsBeforeItsLineFeed) {
  Read("a b\nc");
  const Line& line = LineOf("a");
  EXPECT_EQ(line.first, 0u);
  EXPECT_EQ(line.last, 2u);
  EXPECT_EQ(Of("c").line, 1u);
}

TEST_F(DocumentViewTest, WordsKnowTheirNeighboursOverPunctuationAndLines) {
  Read("a, (b)\nc");
  const auto a = static_cast<std::int32_t>(Find("a"));
  const auto b = static_cast<std::int32_t>(Find("b"));
  const auto c = static_cast<std::int32_t>(Find("c"));
  EXPECT_EQ(Of("a").previous_word, -1);
  EXPECT_EQ(Of("a").next_word, b);
  EXPECT_EQ(Of("b").previous_word, a);
  EXPECT_EQ(Of("b").next_word, c);
  EXPECT_EQ(Of("c").next_word, -1);
}

TEST_F(DocumentViewTest, ARunIsWhatHasNoSpaceBetween) {
  Read("on 3/14/2020, ok\nx");
  EXPECT_EQ(Of("3").run_first, Find("3"));
  EXPECT_EQ(Of("3").run_last, Find(","));
  EXPECT_EQ(Of("2020").run_first, Find("3"));
  EXPECT_EQ(Of("ok").run_first, Find("ok"));
  EXPECT_EQ(Of("ok").run_last, Find("ok"));
}

struct ShapeRow {
  const char* text;
  const char* shape;  // in letters: hashed as the view hashes
};

TEST_F(DocumentViewTest, ShapesTellDigitsApartAndCutLetters) {
  const ShapeRow rows[] = {{"Doe", "Xxx"},
                           {"McDonald", "XxXxx"},
                           {"DOEDOE", "XX"},
                           {"a", "x"},
                           {"L4", "Xd"},
                           {"2020", "dddd"},
                           {"12345678901", "ddddddddd"}};
  for (const ShapeRow& row : rows) {
    Read(row.text);
    EXPECT_EQ(view_.shape(0), HashWord(row.shape)) << row.text;
  }
  Read("on 3/14 ok");
  EXPECT_EQ(view_.run_shape(Find("14")), HashWord("d/dd"));
}

TEST_F(DocumentViewTest, ALabelIsTheWordBeforeTheLastColon) {
  Read("Patient Name: Jane Doe MRN=123\nnext");
  EXPECT_EQ(Of("Name").label, 0u);
  EXPECT_EQ(Of("Jane").label, HashWord("name"));
  EXPECT_EQ(Of("Jane").label_distance, 0);
  EXPECT_EQ(Of("Doe").label_distance, 1);
  EXPECT_EQ(Of("123").label, HashWord("mrn"));
  EXPECT_EQ(Of("123").label_distance, 0);
  EXPECT_EQ(Of("next").label, 0u);
}

TEST_F(DocumentViewTest, ATablesCellsKnowTheirHead) {
  Read("Name,Sex,Birth Date,City\nDoe,F,1960,Oslo\nRoe,M,1970,Rome");
  EXPECT_EQ(LineOf("Name").delimiter, ',');
  EXPECT_EQ(LineOf("Roe").header, 0u);
  EXPECT_EQ(Of("Doe").column, HashWord("name"));
  EXPECT_EQ(Of("1960").column, HashWord("date"));
  EXPECT_EQ(Of("Rome").column, HashWord("city"));
  EXPECT_EQ(Of("Rome").cell, 3);
  EXPECT_EQ(Of("Sex").column, 0u);
}

TEST_F(DocumentViewTest, TabsAndPipesMakeTablesToo) {
  Read("A\tB\tC\tD\nx\ty\tz\tw");
  EXPECT_EQ(LineOf("x").delimiter, '\t');
  EXPECT_EQ(Of("z").column, HashWord("c"));
  Read("A|B|C|D\nx|y|z|w");
  EXPECT_EQ(Of("w").column, HashWord("d"));
}

TEST_F(DocumentViewTest, ASegmentsCellMeansTheSameInEveryMessage) {
  Read("PID|1||123|Doe\nother\nPID|2||456|Roe");
  EXPECT_NE(Of("Doe").column, 0u);
  EXPECT_EQ(Of("Doe").column, Of("Roe").column);
  EXPECT_NE(Of("123").column, Of("Doe").column);
}

TEST_F(DocumentViewTest, TwoCommasMakeNoTable) {
  Read("one, two, three");
  EXPECT_EQ(LineOf("one").delimiter, 0);
}

TEST_F(DocumentViewTest, AHeadingOpensASection) {
  Read("x\nSOCIAL HISTORY\nworks\nPlan:\nhome\n5 mg");
  EXPECT_EQ(LineOf("x").section, 0u);
  EXPECT_EQ(LineOf("works").section, HashWord("social"));
  EXPECT_EQ(LineOf("home").section, HashWord("plan"));
  EXPECT_EQ(LineOf("5").section, HashWord("plan"));
}

TEST_F(DocumentViewTest, UsesCountAWordInAllItsCases) {
  Read("Dr. Mark left. The mark, a MARK, Mark Lee MD. mark");
  const WordUse& mark = view_.use(Find("mark"));
  EXPECT_EQ(mark.title, 2u);
  EXPECT_EQ(mark.lower, 2u);
  EXPECT_EQ(mark.upper, 1u);
  EXPECT_EQ(mark.titled, 1u);
  EXPECT_EQ(view_.use(Find("Lee")).titled, 1u);
  EXPECT_EQ(view_.use(Find("left")).titled, 0u);
}

TEST_F(DocumentViewTest, KnowsTheCaseOfTheWholeText) {
  Read("A B C D e f g H I J");
  EXPECT_EQ(view_.lower_tenths(), 3);
  Read("ALL OF THIS IS LOUD");
  EXPECT_EQ(view_.upper_tenths(), 10);
}

TEST_F(DocumentViewTest, CandidatesCoverTheirTokensBestFirst) {
  document_.candidates = {
      {.begin = 2, .end = 6, .type = PhiType::kDate, .score = 0.2f},
      {.begin = 2, .end = 6, .type = PhiType::kId, .score = 0.9f},
      {.begin = 5, .end = 9, .type = PhiType::kPhone, .score = 0.5f}};
  Read("a 3/14 12 b");
  EXPECT_EQ(Of("a").covers[0], -1);
  EXPECT_EQ(Of("3").covers[0], 1);
  EXPECT_EQ(Of("3").covers[1], 0);
  EXPECT_EQ(Of("3").covers[2], -1);
  EXPECT_EQ(Of("14").covers[0], 1);
  EXPECT_EQ(Of("14").covers[1], 2);
  EXPECT_EQ(Of("12").covers[0], 2);
  EXPECT_EQ(Of("b").covers[0], -1);
}

TEST_F(DocumentViewTest, AContextReachesToTheEndOfItsLine) {
  document_.contexts = {{.begin = 4, .end = 7, .type = PhiType::kDate}};
  Read("u x DOB 1960 y\nz\nw");
  const auto date = static_cast<std::uint8_t>(PhiType::kDate);
  EXPECT_EQ(Of("x").context_type, 0xFF);
  EXPECT_EQ(Of("DOB").context_type, 0xFF);
  EXPECT_EQ(Of("1960").context_type, date);
  EXPECT_EQ(Of("1960").context_distance, 0);
  EXPECT_EQ(Of("y").context_distance, 1);
  EXPECT_EQ(Of("w").context_type, 0xFF);
}

TEST_F(DocumentViewTest, AViewIsBuiltAnewForEachText) {
  Read("Dr. Ames: a, b, c, d\nDr. Ames");
  Read("ames");
  EXPECT_EQ(view_.size(), 1u);
  EXPECT_EQ(view_.lines().size(), 1u);
  EXPECT_EQ(view_.use(0).titled, 0u);
  EXPECT_EQ(view_.use(0).lower, 1u);
}

}  // namespace
}  // namespace phiwire
