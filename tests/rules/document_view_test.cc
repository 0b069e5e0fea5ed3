// SPDX-License-Identifier: Apache-2.0

#include "rules/document_view.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

#include "rules/token_marks.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

class DocumentViewTest : public DocumentFixture {
 protected:
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
  EXPECT_EQ(line.letter_words, 4u);
  EXPECT_EQ(line.words, 5u);
  EXPECT_FALSE(line.upper);
  EXPECT_FALSE(line.lower);
  EXPECT_EQ(line.delimiter, 0);
  EXPECT_FALSE(line.blank_before);
  EXPECT_TRUE(LineOf("next").blank_before);
  EXPECT_EQ(view_.lines().size(), 3u);

  Read("ONE, TWO; THREE: four\nfive iv, O\na|b|c|d");
  EXPECT_TRUE(LineOf("ONE").upper);
  EXPECT_FALSE(LineOf("ONE").lower);
  EXPECT_FALSE(LineOf("five").upper);
  EXPECT_TRUE(LineOf("five").lower);  // an initial alone is neither
  EXPECT_EQ(LineOf("d").delimiter, '|');
  EXPECT_EQ(LineOf("d").delimiters, 3u);
}

TEST_F(DocumentViewTest, ALineEndsBeforeItsLineFeed) {
  Read("a b\nc");
  const Line& line = LineOf("a");
  EXPECT_EQ(line.first, 0u);
  EXPECT_EQ(line.last, 2u);
  EXPECT_EQ(view_.line_of(Find("c")), 1u);
}

TEST_F(DocumentViewTest, WordsKnowTheirNeighboursOverPunctuationAndLines) {
  Read("a, (b)\nc");
  const auto a = static_cast<std::int32_t>(Find("a"));
  const auto b = static_cast<std::int32_t>(Find("b"));
  const auto c = static_cast<std::int32_t>(Find("c"));
  EXPECT_EQ(view_.previous_word(Find("a")), -1);
  EXPECT_EQ(view_.next_word(Find("a")), b);
  EXPECT_EQ(view_.previous_word(Find("b")), a);
  EXPECT_EQ(view_.next_word(Find("b")), c);
  EXPECT_EQ(view_.next_word(Find("c")), -1);
}

TEST_F(DocumentViewTest, ARunIsWhatHasNoSpaceBetween) {
  Read("on 3/14/2020, ok\nx");
  EXPECT_EQ(view_.run(Find("3")).first, Find("3"));
  EXPECT_EQ(view_.run(Find("3")).last, Find(","));
  EXPECT_EQ(view_.run(Find("2020")).first, Find("3"));
  EXPECT_EQ(view_.run(Find("ok")).first, Find("ok"));
  EXPECT_EQ(view_.run(Find("ok")).last, Find("ok"));
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
  EXPECT_EQ(view_.label(Find("Name")).hash, 0u);
  EXPECT_EQ(view_.label(Find("Jane")).hash, HashWord("name"));
  EXPECT_EQ(view_.label(Find("Jane")).distance, 0u);
  EXPECT_EQ(view_.label(Find("Doe")).distance, 1u);
  EXPECT_EQ(view_.label(Find("123")).hash, HashWord("mrn"));
  EXPECT_EQ(view_.label(Find("123")).distance, 0u);
  EXPECT_EQ(view_.label(Find("next")).hash, 0u);
}

TEST_F(DocumentViewTest, ATablesCellsKnowTheirHead) {
  Read("Name,Sex,Birth Date,City\nDoe,F,1960,Oslo\nRoe,M,1970,Rome");
  EXPECT_EQ(LineOf("Name").delimiter, ',');
  EXPECT_EQ(LineOf("Roe").header, 0u);
  EXPECT_EQ(view_.column(Find("Doe")), HashWord("name"));
  EXPECT_EQ(view_.column(Find("1960")), HashWord("date"));
  EXPECT_EQ(view_.column(Find("Rome")), HashWord("city"));
  EXPECT_EQ(view_.column(Find("Sex")), 0u);
}

TEST_F(DocumentViewTest, TabsAndPipesMakeTablesToo) {
  Read("A\tB\tC\tD\nx\ty\tz\tw");
  EXPECT_EQ(LineOf("x").delimiter, '\t');
  EXPECT_EQ(view_.column(Find("z")), HashWord("c"));
  Read("A|B|C|D\nx|y|z|w");
  EXPECT_EQ(view_.column(Find("w")), HashWord("d"));
}

TEST_F(DocumentViewTest, ASegmentsCellMeansTheSameInEveryMessage) {
  Read("PID|1||123|Doe\nother\nPID|2||456|Roe");
  EXPECT_NE(view_.column(Find("Doe")), 0u);
  EXPECT_EQ(view_.column(Find("Doe")), view_.column(Find("Roe")));
  EXPECT_NE(view_.column(Find("123")), view_.column(Find("Doe")));
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
  EXPECT_EQ(view_.lower_tenths(), 0);
}

TEST_F(DocumentViewTest, CandidatesCoverTheirTokensBestFirst) {
  document_.candidates = {
      {.begin = 2, .end = 6, .type = PhiType::kDate, .score = 0.2f},
      {.begin = 2, .end = 6, .type = PhiType::kId, .score = 0.9f},
      {.begin = 5, .end = 9, .type = PhiType::kPhone, .score = 0.5f}};
  Read("a 3/14 12 b");
  EXPECT_EQ(view_.covers(Find("a"))[0], -1);
  EXPECT_EQ(view_.covers(Find("3"))[0], 1);
  EXPECT_EQ(view_.covers(Find("3"))[1], 0);
  EXPECT_EQ(view_.covers(Find("3"))[2], -1);
  EXPECT_EQ(view_.covers(Find("14"))[0], 1);
  EXPECT_EQ(view_.covers(Find("14"))[1], 2);
  EXPECT_EQ(view_.covers(Find("12"))[0], 2);
  EXPECT_EQ(view_.covers(Find("b"))[0], -1);
}

// Of many that overlap: as if each had been tried at each token.
TEST_F(DocumentViewTest, CoversAreThoseOfEveryCandidateInTurn) {
  constexpr unsigned kSeed = 20261123;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    document_.candidates.clear();
    std::uint32_t begin = 0;
    for (int n = 0; n < 40; ++n) {
      begin += static_cast<std::uint32_t>(random() % 4);
      const auto length = static_cast<std::uint32_t>(1 + random() % 40);
      const float score = static_cast<float>(random() % 3) / 4;
      document_.candidates.push_back(
          {.begin = begin, .end = begin + length, .score = score});
    }
    Read(
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h "
        "i j k l m n o p q r s t u v w x y z");
    for (std::size_t i = 0; i < view_.size(); ++i) {
      Covers plain = {-1, -1, -1};
      for (std::int32_t c = 0; c < 40; ++c) {
        const Candidate& candidate =
            document_.candidates[static_cast<std::size_t>(c)];
        if (view_.token(i).end <= candidate.begin ||
            view_.token(i).begin >= candidate.end) {
          continue;
        }
        std::int32_t id = c;
        for (std::int32_t& slot : plain) {
          const auto score = [&](std::int32_t at) {
            return document_.candidates[static_cast<std::size_t>(at)].score;
          };
          if (slot < 0) {
            slot = id;
            break;
          }
          if (score(slot) < score(id)) std::swap(slot, id);
        }
      }
      ASSERT_EQ(view_.covers(i), plain) << "token " << i;
    }
    for (std::size_t c = 0; c < document_.candidates.size(); ++c) {
      std::size_t first = 0;
      while (first < view_.size() &&
             view_.token(first).end <= document_.candidates[c].begin) {
        ++first;
      }
      ASSERT_EQ(view_.first_under(c), first) << "candidate " << c;
    }
  }
}

TEST_F(DocumentViewTest, AContextReachesToTheEndOfItsLine) {
  document_.contexts = {{.begin = 4, .end = 7, .type = PhiType::kDate}};
  Read("u x DOB 1960 y\nz\nw");
  const auto date = static_cast<std::uint8_t>(PhiType::kDate);
  EXPECT_EQ(view_.context(Find("x")).type, 0xFF);
  EXPECT_EQ(view_.context(Find("DOB")).type, 0xFF);
  EXPECT_EQ(view_.context(Find("1960")).type, date);
  EXPECT_EQ(view_.context(Find("1960")).distance, 0u);
  EXPECT_EQ(view_.context(Find("y")).distance, 1u);
  EXPECT_EQ(view_.context(Find("w")).type, 0xFF);
}

// What the filter reads of every word is what is worked out for one.
TEST_F(DocumentViewTest, LabelValuesAreTheContextsOfWords) {
  document_.contexts = {{.begin = 0, .end = 3, .type = PhiType::kDate},
                        {.begin = 20, .end = 25, .type = PhiType::kPhone},
                        {.begin = 23, .end = 25, .type = PhiType::kFax}};
  Read("DOB 1 2 3 4 5 6 7 8\nphone or\n\n5 6 (7)\nx\nlong after all of it");
  for (const std::uint32_t i : view_.words()) {
    const ContextBefore context = view_.context(i);
    EXPECT_EQ(
        view_.label_value(i),
        context.type == 0xFF ? 0 : LabelValueOf(context.type, context.distance))
        << view_.surface(i);
    const LabelValue label = LabelOf(view_.label_value(i));
    EXPECT_EQ(label.type, context.type) << view_.surface(i);
    if (label.type == 0xFF) continue;
    EXPECT_LE(label.least, context.distance);
    EXPECT_GE(label.most, context.distance);
  }
  EXPECT_NE(view_.label_value(Find("8")), 0u);
}

TEST_F(DocumentViewTest, CountsMoreWordsThanTheFirstTableHolds) {
  constexpr int kWords = 20'000;
  std::string text;
  for (int round = 0; round < 2; ++round) {
    for (int word = 0; word < kWords; ++word) {
      text.append("w").append(std::to_string(word)).append(" ");
    }
  }
  Read(text);
  ASSERT_EQ(view_.words().size(), 2u * kWords);
  EXPECT_EQ(view_.use_count(), 1u + kWords);
  for (const std::uint32_t i : view_.words()) {
    ASSERT_EQ(view_.use(i).count, 2u) << view_.surface(i);
  }
}

// Lines and words are counted by stretches of tokens.
TEST_F(DocumentViewTest, PlacesHoldOverManyTokens) {
  std::string text;
  for (int line = 0; line < 1000; ++line) {
    text += "a, b\n\n";
  }
  Read(text);
  std::uint32_t line = 0, words = 0;
  for (std::size_t i = 0; i < view_.size(); ++i) {
    ASSERT_EQ(view_.line_of(i), line) << i;
    ASSERT_EQ(view_.word_of(i), words) << i;
    words += IsWordLike(view_.token(i)) ? 1 : 0;
    line += view_.token(i).kind == TokenKind::kNewline ? 1 : 0;
  }
  EXPECT_EQ(words, 2000u);
  EXPECT_EQ(line, 2000u);
}

TEST_F(DocumentViewTest, UsesOfSomeWordsAreTheirUsesOfAll) {
  Read("Dr. Mark Lee saw mark. LEE, Anna Lee MD and Mark (RN) 5 5 lee");
  DocumentView some;
  some.BuildWithoutUses(document_);
  const std::vector<std::uint32_t> asked = {
      static_cast<std::uint32_t>(Find("Lee")),
      static_cast<std::uint32_t>(Find("5"))};
  some.CountUses(asked, ClassMasks(*classes_));
  EXPECT_EQ(some.use_count(), 3u);
  for (const std::uint32_t i : view_.words()) {
    const WordUse& all = view_.use(i);
    const bool is_asked =
        all.hash == HashWord("lee") || all.hash == HashWord("5");
    EXPECT_EQ(some.use_index(i) != 0, is_asked) << view_.surface(i);
    if (!is_asked) continue;
    EXPECT_EQ(some.use(i).count, all.count);
    EXPECT_EQ(some.use(i).lower, all.lower);
    EXPECT_EQ(some.use(i).title, all.title);
    EXPECT_EQ(some.use(i).upper, all.upper);
    EXPECT_EQ(some.use(i).titled, all.titled);
  }
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
