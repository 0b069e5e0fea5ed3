// SPDX-License-Identifier: Apache-2.0

#include "recognizers/confirmer.h"

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recognizers/fixture.h"

namespace phiwire {
namespace {

std::unique_ptr<ExampleRunner> RunnerOf(std::string_view patterns) {
  Catalogue c;
  const absl::Status status = c.AddFile(
      "version: 1\ntype: SSN\ndoc: d\ncontext: {before: [ssn, soc sec], "
      "distance: 20}\npatterns:\n" +
          std::string(patterns),
      "t.yaml", false);
  EXPECT_TRUE(status.ok()) << status;
  return MakeRunner(std::move(c));
}

std::vector<std::string> Surfaces(ExampleRunner* runner,
                                  const std::string& text) {
  std::vector<std::string> out;
  const auto document = runner->Analyze(text);
  EXPECT_TRUE(document.ok()) << document.status();
  for (const Candidate& c : (*document)->candidates) {
    out.push_back(text.substr(c.begin, c.end - c.begin));
  }
  return out;
}

TEST(Confirmer, TakesTheLongestOfSuccessiveEnds) {
  for (const char* at : {"", ", at: token"}) {
    auto runner = RunnerOf(
        std::string(
            "  - {name: n, regex: '\\b\\d{2}(?:-\\d\\d)*', score: 0.5") +
        at + "}\n");
    EXPECT_THAT(Surfaces(runner.get(), "x 12-34-56, 78-90 y"),
                testing::ElementsAre("12-34-56", "78-90"));
  }
}

// A labelled value of a hundred joined pieces is one.
TEST(Confirmer, TakesALongGroupWhole) {
  std::string value = "A1B";
  for (int i = 0; i < 99; ++i) value += "-A1B";
  auto runner = RunnerOf(
      "  - {name: n, labels: true, walker: labelled_id, "
      "score: 0.5}\n");
  EXPECT_THAT(Surfaces(runner.get(), "SSN: " + value + " end"),
              testing::Contains(value));
}

TEST(Confirmer, FallsBackToTheShorterEndWhenTheLongerIsInvalid) {
  auto runner = RunnerOf(
      "  - {name: n, regex: '\\b\\d{3}-\\d\\d-\\d{4}(?:-\\d)?\\b', validator: "
      "ssn,"
      " require: validator, score: 0.5}\n");
  EXPECT_THAT(Surfaces(runner.get(), "x 212-09-9999-1 y"),
              testing::ElementsAre("212-09-9999"));
}

TEST(Confirmer, KeepsWordBordersAtTheEdgeOfTheWindow) {
  auto runner =
      RunnerOf("  - {name: n, regex: '\\b\\d{4,8}\\b', max: 8, score: 0.5}\n");
  EXPECT_THAT(Surfaces(runner.get(), "x 12345678 y"),
              testing::ElementsAre("12345678"));
  EXPECT_THAT(Surfaces(runner.get(), "x 912345678 y"), testing::ElementsAre());
}

TEST(Confirmer, TakesThePartOfAMatch) {
  auto runner = RunnerOf(
      "  - {name: n, regex: '\\bno\\.? \\d{4}\\b', part: '\\d+$', score: "
      "0.5}\n");
  EXPECT_THAT(Surfaces(runner.get(), "no. 4471"), testing::ElementsAre("4471"));
}

struct LabelRow {
  std::string text;
  bool labelled;
};

TEST(Confirmer, KnowsWhichNumberALabelIsOf) {
  auto runner = RunnerOf(
      "  - {name: n, regex: '\\b\\d{9}\\b', score: 0.1, labelled: 0.9}\n");
  const std::vector<LabelRow> rows = {
      {"SSN 212099999", true},
      {"Soc. Sec.: 212099999", true},
      {"soc-sec #212099999", true},
      {"SSN\n212099999", true},
      {"SSN of the man 212099999", true},
      {"SSN 1 and 212099999", false},
      {"SSN unknown\nfile 212099999", false},
      {"SSN unknown; 212099999", false},
      {"SSN of the man in the next room 212099999", false},
      {"212099999 SSN", false},
      {"lesson 212099999", false},
  };
  for (const LabelRow& row : rows) {
    const auto document = runner->Analyze(row.text);
    ASSERT_TRUE(document.ok());
    ASSERT_EQ((*document)->candidates.size(), 1U) << row.text;
    EXPECT_EQ((*document)->candidates[0].score > 0.5F, row.labelled)
        << row.text;
  }
}

struct ScoreRow {
  std::string text;
  float score;
  bool valid;
  bool proof;
};

TEST(Confirmer, LowersButNeverClearsAFailedCheckUnderItsLabel) {
  auto runner = RunnerOf(
      "  - {name: n, regex: '\\b\\d{3}-\\d\\d-\\d{4}\\b', validator: ssn, "
      "score: 0.6, labelled: 0.9, invalid: 0.2, proof: true}\n");
  const std::vector<ScoreRow> rows = {
      {"212-09-9999", 0.6F, true, false},
      {"SSN 212-09-9999", 0.9F, true, true},
      {"000-09-9999", 0.2F, false, false},
      {"SSN 000-09-9999", 0.9F * 0.95F, false, false},
  };
  for (const ScoreRow& row : rows) {
    const auto document = runner->Analyze(row.text);
    ASSERT_EQ((*document)->candidates.size(), 1U) << row.text;
    const Candidate& c = (*document)->candidates[0];
    EXPECT_FLOAT_EQ(c.score, row.score) << row.text;
    EXPECT_EQ(c.valid, row.valid) << row.text;
    EXPECT_EQ(c.proof, row.proof) << row.text;
  }
}

TEST(Confirmer, GivesANumberToTheNearerLabel) {
  ExampleRunner* const runner = BuiltInRunner();
  ASSERT_NE(runner, nullptr);
  const std::string text = "Tel 617-555-0142 Fax 617-555-0143";
  const auto document = runner->Analyze(text);
  float fax_of_first = 0;
  float fax_of_second = 0;
  for (const Candidate& c : (*document)->candidates) {
    if (c.type != PhiType::kFax) continue;
    (c.begin < 10 ? fax_of_first : fax_of_second) = c.score;
  }
  EXPECT_LT(fax_of_first, 0.5F);
  EXPECT_GT(fax_of_second, 0.9F);
}

TEST(Confirmer, SharesOneRegexAmongTypes) {
  ExampleRunner* const runner = BuiltInRunner();
  ASSERT_NE(runner, nullptr);
  std::vector<std::pair<std::string, bool>> seen;
  for (const PatternSpec& spec : runner->confirmer().patterns()) {
    seen.emplace_back(spec.regex, spec.caseless);
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

// Whatever the text: candidates sorted, inside the text, not empty; contexts
// sorted; a second run gives the same.
TEST(Confirmer, HoldsItsPromisesOnRandomText) {
  ExampleRunner* const runner = BuiltInRunner();
  ASSERT_NE(runner, nullptr);
  const std::vector<std::string> pieces = {
      "MRN",  "12",       "/",         "-",       " ",      " ",
      "\n",   "SSN",      "Dr",        ".",       "Smith",  ",",
      "@",    "a",        "www",       "http://", "(01)",   "00643169007222",
      "3/14", "^",        "|",         "March",   "St",     "County",
      "MA",   "02114",    "dot",       "com",     "at",     "::",
      "fe80", "'s",       "\xC3\xA9",  "x",       "#",      ":",
      "2021", "Hospital", "IMG_1.jpg", "[at]",    "=",      "\\",
      "/s/",  "Inc",      "ninety",    "years",   "1-800-", "FLOWERS"};
  constexpr unsigned kSeed = 20260712;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (auto n = random() % 24; n > 0; --n) {
      text += pieces[random() % pieces.size()];
    }
    const auto document = runner->Analyze(text);
    ASSERT_TRUE(document.ok());
    const std::vector<Candidate> first = (*document)->candidates;
    std::uint32_t last = 0;
    for (const Candidate& c : first) {
      ASSERT_LT(c.begin, c.end) << text;
      ASSERT_LE(c.end, text.size()) << text;
      ASSERT_LE(last, c.begin) << text;
      ASSERT_GE(c.score, 0) << text;
      ASSERT_LE(c.score, 1) << text;
      last = c.begin;
    }
    last = 0;
    for (const ContextHit& c : (*document)->contexts) {
      ASSERT_LE(last, c.begin) << text;
      last = c.begin;
    }
    const auto again = runner->Analyze(text);
    ASSERT_EQ((*again)->candidates.size(), first.size()) << text;
  }
}

}  // namespace
}  // namespace phiwire
