// SPDX-License-Identifier: Apache-2.0

#include "recognizers/word_shapes.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recognizers/start_places.h"
#include "tests/recognizers/fixture.h"

namespace phiwire {
namespace {

struct FirstRow {
  std::string regex;
  bool caseless;
  std::string words;  // "apt Box": a capital where none is in lower case
};

class FirstWordsOf : public testing::TestWithParam<FirstRow> {};

TEST_P(FirstWordsOf, AreAllThatAMatchCanBeginWith) {
  const auto words = FirstWords(GetParam().regex, GetParam().caseless);
  std::string out;
  for (const FirstWord& word : words.value_or(std::vector<FirstWord>())) {
    std::string shown = word.folded;
    if (!word.lower_case) shown[0] = static_cast<char>(shown[0] - 0x20);
    out += (out.empty() ? "" : " ") + shown;
  }
  EXPECT_EQ(words ? out : "everywhere", GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FirstWordsOf,
    testing::Values(FirstRow{R"(\b(?:apt|suite)\.? ?\d+)", true, "apt suite"},
                    FirstRow{R"(\b(?:Box|BOX) \d)", false, "Box"},
                    FirstRow{R"(\bsept?(?:ember)?\b)", false,
                             "sep sepember sept september"},
                    FirstRow{R"(\bp\.? ?o\.? ?box)", false, "p po pobox"},
                    FirstRow{R"(\bx\d+)", false, ""},
                    FirstRow{R"(\b[lI][lI]?-)", false, "I Ii Il l Li ll"},
                    FirstRow{"apt", false, "everywhere"},
                    FirstRow{R"(\bapt|suite)", false, "everywhere"},
                    FirstRow{R"(\b\d+ apt)", false, "everywhere"},
                    FirstRow{R"(\b(?:the )?\d)", false, "everywhere"},
                    FirstRow{R"(\bapt[^ ])", false, "everywhere"},
                    FirstRow{R"(\b[A-Z]+-\d)", false, "everywhere"},
                    FirstRow{R"(\bapt$)", false, "everywhere"}));

TEST(StartPlaces, MarksAndLongRuns) {
  const auto places = [](std::string_view regex, bool caseless = false) {
    const auto found = FindStartPlaces(regex, caseless);
    if (!found) return std::string("anywhere");
    if (found->mark != '\0') return std::string(1, found->mark);
    if (found->long_runs) return std::string("long runs");
    std::string words;
    for (const FirstWord& word : found->words) {
      words += word.folded + (word.number_behind ? "+5 " : " ");
    }
    return words;
  };
  EXPECT_EQ(places(R"([\s(:,]@[a-z]+)"), "@");
  EXPECT_EQ(places(R"([^\w]/[a-z]+)"), "/");
  EXPECT_EQ(places(R"([\sa]@[a-z]+)"), "anywhere");
  EXPECT_EQ(places(R"([\s(:,][@/][a-z]+)"), "anywhere");
  EXPECT_EQ(places(R"([ (]?@[a-z]+)"), "anywhere");
  EXPECT_EQ(places(R"([ (]'[a-z]+)"), "anywhere");
  EXPECT_EQ(places(R"([ (] [a-z]+)"), "anywhere");
  EXPECT_EQ(places(R"(\b[0-9a-f]{8}-[0-9a-f]{8}\b)"), "long runs");
  EXPECT_EQ(places(R"(\b[0-9a-f]{8}-[0-9a-f]{6}\b)"), "anywhere");
  EXPECT_EQ(places(R"(\b[0-9a-f]{8} [0-9a-f]{8}\b)"), "anywhere");
  EXPECT_EQ(places(R"(\b[0-9-]{20}\b)"), "anywhere");
  EXPECT_EQ(places(R"([0-9a-f]{20}\b)"), "anywhere");
  EXPECT_EQ(places(R"(\b(?:[0-9a-f]{20}|x1)\b)"), "anywhere");
  EXPECT_EQ(places(R"(\bthe \d+)"), "the+5 ");
  EXPECT_EQ(places(R"(\bx ?\d)"), "x+5 ");
  EXPECT_EQ(places(R"(\b(?:box|lot #?)\d)"), "lot ");
  EXPECT_EQ(places(R"(\bthe (?:\d|a))"), "the ");
  EXPECT_EQ(places(R"(\bthe(?: \d)?)"), "the ");
  EXPECT_EQ(places(R"(\bthe[ -]\d)"), "the ");
  EXPECT_EQ(places(R"(\b(?:on|by) the (?:first|last))"), "by the on the ");
  EXPECT_EQ(places(R"(\b(?:on|by) (?:the|a) first)"), "by on ");
  EXPECT_EQ(places(R"(\bon the[ -]first)"), "on ");
  EXPECT_EQ(places(R"(\bon the)"), "on ");
  EXPECT_EQ(places(R"(\bon[ -]the x)"), "on ");
  EXPECT_EQ(places(R"(\bon (?:the)? x)"), "on ");
  EXPECT_EQ(places(R"(\bon the\d? x)"), "on ");
}

// The built-in catalogue with every regex of `at: word` given to Hyperscan.
absl::StatusOr<Catalogue> WithoutWords(std::size_t* count) {
  Catalogue out;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(BuiltInCatalogue())) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream file(path);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    const std::string at = "    at: word\n";
    for (std::size_t i = 0; (i = text.find(at, i)) != text.npos; ++*count) {
      text.erase(i, at.size());
    }
    const absl::Status status =
        out.AddFile(text, path.filename().string(), false);
    if (!status.ok()) return status;
  }
  return out;
}

std::vector<std::tuple<std::uint32_t, std::uint32_t, std::string, float>> Found(
    ExampleRunner* runner, const std::string& text) {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::string, float>> out;
  const auto document = runner->Analyze(text);
  EXPECT_TRUE(document.ok()) << document.status();
  for (const Candidate& c : (*document)->candidates) {
    out.emplace_back(c.begin, c.end,
                     std::string(runner->confirmer().PatternName(c.pattern)),
                     c.score);
  }
  return out;
}

TEST(WordShapes, FindWhatHyperscanFinds) {
  std::size_t count = 0;
  absl::StatusOr<Catalogue> plain = WithoutWords(&count);
  ASSERT_TRUE(plain.ok()) << plain.status();
  ASSERT_GT(count, 23U);
  const auto slow = MakeRunner(*std::move(plain));
  ASSERT_NE(slow, nullptr);
  ExampleRunner* const fast = BuiltInRunner();
  EXPECT_LT(fast->confirmer().patterns().size() + 15,
            slow->confirmer().patterns().size());
  constexpr std::string_view kPieces[] = {"Jan",         "MAY",
                                          "sept",        "march ",
                                          " ",           " ",
                                          "  ",          "\n",
                                          "5",           "12",
                                          "2020",        "'98",
                                          "-",           "/",
                                          ".",           ", ",
                                          "to ",         "Apt",
                                          "unit",        "Suite",
                                          "#",           "4B",
                                          "b",           "P.O.",
                                          "Box",         "BOX ",
                                          "po",          "drawer",
                                          "rr ",         "route",
                                          "hwy",         "exit",
                                          "x",           "ext",
                                          "1234",        "APO",
                                          "AE",          "corner of",
                                          "Elm",         "and",
                                          "Maine",       "New York",
                                          "02114",       "ninety",
                                          "years",       "her ",
                                          "l",           "O",
                                          "IS",          "one ",
                                          "two,",        "three ",
                                          "fingerprint", "_",
                                          "mon",         "1st",
                                          "born",        "in ",
                                          "1931",        "'",
                                          "o'",          "\xC3\xA9",
                                          "Unit 4-",     "the ",
                                          "on ",         "by the ",
                                          "first",       "twenty-",
                                          "second ",     "12th",
                                          "2nd",         "@",
                                          "(@",          " @jdoe",
                                          "a.b_c",       " /",
                                          "/api",        "=/v1/",
                                          "/",           ":",
                                          "ab:",         "00:1A:",
                                          "-",           "four ",
                                          "five",        " six ",
                                          "seven",       "01-23-45-67-89-ab",
                                          "0a1b2c3d-",   "1234-5678-90ab-",
                                          "0123456789ab"};
  constexpr unsigned kSeed = 20261122;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::size_t found = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto n = 1 + random() % 14; n > 0; --n) {
      text += kPieces[random() % std::size(kPieces)];
      if (random() % 2 == 0) text += ' ';
    }
    const auto expected = Found(slow.get(), text);
    ASSERT_EQ(Found(fast, text), expected) << text;
    found += expected.size();
  }
  EXPECT_GT(found, 10000U);
}

}  // namespace
}  // namespace phiwire
