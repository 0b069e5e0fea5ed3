// SPDX-License-Identifier: Apache-2.0

#include "recognizers/shape_set.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "re2/re2.h"
#include "recognizers/shape_regex.h"
#include "tests/recognizers/fixture.h"

namespace phiwire {
namespace {

RE2::Options Options(bool caseless) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_longest_match(true);
  options.set_case_sensitive(!caseless);
  return options;
}

std::uint32_t Re2Length(const RE2& regex, const std::string& text) {
  re2::StringPiece match;
  const bool found =
      regex.Match(text, 0, text.size(), RE2::ANCHOR_START, &match, 1);
  return found ? static_cast<std::uint32_t>(match.size()) : 0;
}

std::uint32_t ScannedLength(ShapeScanner* scanner, const std::string& text) {
  std::vector<ShapeMatch> found;
  scanner->Scan(text, &found);
  return found.empty() ? 0 : found[0].length;
}

struct Row {
  std::string regex;
  bool caseless;
  std::vector<std::string> texts;
};

TEST(ShapeProgram, MatchesAsRe2OnEveryPieceOfSyntax) {
  const std::vector<Row> rows = {
      {R"(\b\d{2}\b)", false, {"12", "123", "1", "12-", "12_", "12\xE9"}},
      {R"(\d{2,4})", false, {"1", "12", "1234", "12345"}},
      {R"(\d{2,})", false, {"1", "123456 "}},
      {R"((?:a|ab|)c)", false, {"c", "ac", "abc", "bc"}},
      {R"((a?)*b)", false, {"b", "aaab", "aaa"}},
      {R"([^a-c\n]+x?)", false, {"dx", "ax", "\n", "d\xFFx"}},
      {R"([]x-]+)", false, {"]x-a"}},
      {R"([\d.-]+\w)", false, {"1.2-3a", "1.", "-_"}},
      {R"(a.\sb\xE2)", false, {"a \tb\xE2", "a\n\tb\xE2", "a  b\xC2"}},
      {R"(k\xE2)", true, {"K\xC2", "k\xE2", "k\xF7"}},
      {R"([\xD7q])", true, {"\xF7", "\xD7", "Q"}},
      {R"([^q])", true, {"Q", "q", "r"}},
      {R"(a(?i:b)c)", false, {"aBc", "abC", "abc"}},
      {R"(a\Bb\b-\B)", false, {"ab- ", "ab-c", "ab-"}},
      {R"((?:x\b|y)+?,)", false, {"x,", "xy,", "yyx,"}},
  };
  for (const Row& row : rows) {
    auto program = std::make_shared<ShapeProgram>();
    ASSERT_TRUE(program->Add(row.regex, row.caseless, 0)) << row.regex;
    program->Build();
    ShapeScanner scanner(program);
    const RE2 regex(row.regex, Options(row.caseless));
    ASSERT_TRUE(regex.ok()) << row.regex;
    for (const std::string& text : row.texts) {
      EXPECT_EQ(ScannedLength(&scanner, text), Re2Length(regex, text))
          << row.regex << " on " << testing::PrintToString(text);
    }
  }
}

TEST(ShapeProgram, RefusesWhatItDoesNotKnow) {
  for (const char* regex :
       {"^a", "a$", "(?P<n>a)", "(?s:a)", R"(\pL)", R"(\Ad)", "[[:alpha:]]",
        "a**", "a{", "(a", "[a", "a)", R"(\x{41})", "(?:a{900}){900}"}) {
    ShapeProgram program;
    EXPECT_FALSE(program.Add(regex, false, 0)) << regex;
    EXPECT_TRUE(program.starts().empty());
    EXPECT_TRUE(program.steps().empty());
  }
}

TEST(ShapeSet, LeavesToRe2WhatTheProgramRefuses) {
  ShapeSet set;
  ASSERT_TRUE(set.Add(R"(\d+)", false, 64).ok());
  ASSERT_TRUE(set.Add(R"((?s:1.)2)", false, 64).ok());
  set.Build();
  std::unique_ptr<ShapeScanner> memory;
  std::vector<ShapeMatch> found;
  set.Match("x1\n2", 1, set.ScannerIn(&memory), &found);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].length, 1U);
  EXPECT_EQ(found[1].shape, 1U);
  EXPECT_EQ(found[1].length, 3U);
}

TEST(ShapeSet, MakesItsOwnScannerInMemoryOfAnother) {
  ShapeSet digits, letters;
  ASSERT_TRUE(digits.Add(R"(\d+)", false, 64).ok());
  ASSERT_TRUE(letters.Add("[a-z]+", false, 64).ok());
  digits.Build();
  letters.Build();
  std::unique_ptr<ShapeScanner> memory;
  std::vector<ShapeMatch> found;
  ShapeScanner* const scanner = digits.ScannerIn(&memory);
  EXPECT_EQ(digits.ScannerIn(&memory), scanner);
  letters.Match("abc", 0, letters.ScannerIn(&memory), &found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].length, 3U);
}

// Pieces of identifiers put together at random: every shape of the built-in
// catalogue, alone under RE2 and together in the automaton.
TEST(ShapeSet, AgreesWithRe2OnTheBuiltInCatalogue) {
  const absl::StatusOr<Catalogue> catalogue =
      Catalogue::Load(BuiltInCatalogue());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  auto program = std::make_shared<ShapeProgram>();
  std::vector<std::unique_ptr<RE2>> regexes;
  for (const PatternRule& rule : catalogue->rules()) {
    if (!rule.at_token || rule.regex.empty()) continue;
    ASSERT_TRUE(program->Add(rule.regex, rule.caseless,
                             static_cast<std::uint32_t>(regexes.size())))
        << rule.id;
    regexes.push_back(
        std::make_unique<RE2>(rule.regex, Options(rule.caseless)));
  }
  ASSERT_GT(regexes.size(), 50U);
  program->Build();
  ShapeScanner scanner(program);
  constexpr std::string_view kPieces[] = {
      "0",   "1",    "12",   "19",  "2021", "555", "0143",  "123456", "/",
      "-",   ".",    " ",    ":",   "(",    ")",   "+1",    "#",      "A",
      "AB",  "NH",   "May ", "JAN", "of ",  "th",  "ext",   "x",      "MRN",
      ", ",  "\xE9", "_",    "*",   "Box",  "\n",  "'80",   "to ",    "E",
      "0a9", "Co.",  "Road", "yo",  "$",    "Z",   "years", "old",    "xx"};
  constexpr unsigned kSeed = 20260714;
  std::mt19937 random(kSeed);
  std::vector<ShapeMatch> found;
  std::size_t matches = 0;
  for (int n = 0; n < 20000; ++n) {
    std::string text;
    for (std::size_t k = 1 + random() % 9; k > 0; --k) {
      text += kPieces[random() % std::size(kPieces)];
    }
    std::vector<std::uint32_t> lengths(regexes.size(), 0);
    scanner.Scan(text, &found);
    for (const ShapeMatch& m : found) lengths[m.shape] = m.length;
    for (std::size_t s = 0; s < regexes.size(); ++s) {
      ASSERT_EQ(lengths[s], Re2Length(*regexes[s], text))
          << "seed " << kSeed << ": " << regexes[s]->pattern() << " on "
          << testing::PrintToString(text);
    }
    matches += found.size();
  }
  EXPECT_GT(matches, 1000U);
}

}  // namespace
}  // namespace phiwire
