// SPDX-License-Identifier: Apache-2.0
//
// Every rule where it fires and where it doesn't (context_rules_cases.yaml),
// every way to write a rule wrongly (context_rules_errors.yaml).

#include "rules/context_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>

#include "base/yaml.h"
#include "rules/rule_parser.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

using testing::HasSubstr;

YamlNode TestData(const std::string& name) {
  auto root = ReadYamlFile(PHIWIRE_SOURCE_DIR "/tests/rules/" + name);
  EXPECT_TRUE(root.ok()) << root.status();
  return root.ok() ? *std::move(root) : YamlNode();
}

bool HasPhrase(const ParsedRule& rule) {
  return std::any_of(
      rule.conditions.begin(), rule.conditions.end(),
      [](const Condition& c) { return c.kind == Condition::Kind::kPhrase; });
}

class ContextRulesTest : public DocumentFixture {
 protected:
  void SetUp() override { Load(ContextFolders()); }
  void Load(const std::vector<std::string>& folders) {
    auto rules = ContextRules::Load(folders, *classes_);
    ASSERT_TRUE(rules.ok()) << rules.status();
    rules_ = std::make_unique<ContextRules>(*std::move(rules));
  }
  // A site's folder with these rules; gone with the test.
  std::string SiteFolder(const std::string& rules_yaml) {
    const std::string folder =
        testing::TempDir() + std::to_string(::getpid()) + "phiwire_site_" +
        testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/rules.yaml") << rules_yaml;
    return folder;
  }
  std::size_t RuleIndex(const std::string& name) const {
    for (std::size_t r = 0; r < rules_->size(); ++r) {
      if (rules_->name(r) == name) return r;
    }
    ADD_FAILURE() << "no rule " << name;
    return 0;
  }
  // Surfaces of the tokens at which the rule fires.
  std::vector<std::string> Fires(std::string_view text,
                                 const std::string& rule) {
    Read(text);
    rules_->Apply(view_, &hits_);
    const std::size_t index = RuleIndex(rule);
    std::vector<std::string> fires;
    for (std::size_t i = 0; i < view_.size(); ++i) {
      for (const std::uint16_t r : hits_.at(i)) {
        if (r == index) fires.push_back(Surface(i));
      }
    }
    return fires;
  }

  std::unique_ptr<ContextRules> rules_;
  RuleHits hits_;
};

TEST_F(ContextRulesTest, EachRuleFiresWhereItsCasesSay) {
  const YamlNode data = TestData("context_rules_cases.yaml");
  ASSERT_NE(data.Get("cases"), nullptr);
  std::map<std::string, std::pair<int, int>> seen;  // with and without a word
  for (const auto& [unused, row] : data.Get("cases")->entries()) {
    SCOPED_TRACE("line " + std::to_string(row.line()));
    const std::string rule = *row.Get("rule")->AsString();
    const auto expected = *row.Get("fires")->AsStrings();
    EXPECT_EQ(Fires(*row.Get("text")->AsString(), rule), expected) << rule;
    ++(expected.empty() ? seen[rule].second : seen[rule].first);
  }
  for (std::size_t r = 0; r < rules_->size(); ++r) {
    EXPECT_GT(seen[rules_->name(r)].first, 0) << rules_->name(r);
    EXPECT_GT(seen[rules_->name(r)].second, 0) << rules_->name(r);
  }
}

TEST_F(ContextRulesTest, ARuleWrittenWronglyIsAnErrorWithItsPlace) {
  const YamlNode data = TestData("context_rules_errors.yaml");
  ASSERT_NE(data.Get("cases"), nullptr);
  for (const auto& [unused, row] : data.Get("cases")->entries()) {
    SCOPED_TRACE("line " + std::to_string(row.line()));
    RuleParser parser(*classes_);
    const std::string yaml =
        row.Get("yaml") != nullptr
            ? *row.Get("yaml")->AsString()
            : "version: 1\nrules:\n- name: a\n  type: NAME\n  log_odds: 1\n"
              "  when:\n  - " +
                  *row.Get("when")->AsString();
    const auto root = ParseYaml(yaml, "site.yaml");
    ASSERT_TRUE(root.ok()) << root.status();
    const absl::Status status = parser.Read(*root);
    EXPECT_EQ(std::string(status.message()), *row.Get("error")->AsString());
  }
}

TEST_F(ContextRulesTest, KnowsNameHashGroupAndLogOdds) {
  const std::size_t r = RuleIndex("age_over_89");
  EXPECT_EQ(rules_->hash(r), HashWord("age_over_89"));
  EXPECT_EQ(rules_->group(r), Group::kDate);
  EXPECT_FLOAT_EQ(rules_->log_odds(r), 3);
  EXPECT_EQ(rules_->group(RuleIndex("phrase_before_facility")), Group::kOrg);
}

TEST_F(ContextRulesTest, ASiteAddsRules) {
  const std::string site = SiteFolder(
      "version: 1\n"
      "rules:\n"
      "  - {name: ward_name, type: FACILITY, log_odds: 2.5,\n"
      "     when: [{at: 0, case: title}, {at: -1, word: ward}]}\n");
  const std::size_t before = rules_->size();
  Load({ContextFolders()[0], site});
  EXPECT_EQ(rules_->size(), before + 1);
  EXPECT_FLOAT_EQ(rules_->log_odds(RuleIndex("ward_name")), 2.5);
  EXPECT_EQ(Fires("to ward Nightingale now", "ward_name"),
            std::vector<std::string>{"Nightingale"});
}

TEST_F(ContextRulesTest, ASitesRuleCannotTakeAKnownName) {
  for (const char* name : {"title_then_name", "phrase_before_name"}) {
    const std::string site = SiteFolder(
        std::string("version: 1\nrules:\n  - {name: ") + name +
        ", type: NAME, log_odds: 1, when: [{at: 0, case: title}]}\n");
    const auto rules = ContextRules::Load(
        std::vector<std::string>{ContextFolders()[0], site}, *classes_);
    ASSERT_FALSE(rules.ok());
    EXPECT_THAT(std::string(rules.status().message()), HasSubstr(name));
  }
}

TEST_F(ContextRulesTest, OnlyLaterFoldersMayLackTheFiles) {
  const std::string empty = SiteFolder("") + "/none";
  std::filesystem::create_directories(empty);
  EXPECT_TRUE(
      ContextRules::Load(std::vector<std::string>{ContextFolders()[0], empty},
                         *classes_)
          .ok());
  EXPECT_FALSE(
      ContextRules::Load(std::vector<std::string>{empty}, *classes_).ok());
}

// Conditions that no shipped rule shows alone: {when, text, fires}.
struct ConditionRow {
  const char* when;
  const char* text;
  std::vector<std::string> fires;
};

TEST_F(ContextRulesTest, EachKindOfConditionHoldsWhereItShould) {
  const std::vector<ConditionRow> rows = {
      {"{at: 1, word: b}", "a b\nc b", {"a", "c"}},
      {"{at: 1, word: b}", "a\nb", {}},
      {"{at: 1, word: b, negate: true}", "a b", {"b"}},
      {"{within: 2, word: z}", "a b c z", {"b", "c"}},
      {"{within: -2, word: a}", "a b c d", {"b", "c"}},
      {"{beside: 1, symbol: [',']}", "a, b; c,", {"a", "c"}},
      {"{beside: 1, symbol: edge}", "a b\nc d", {"b", "d"}},
      {"{beside: -1, symbol: [\"(\", edge]}", "a (b) c", {"a", "b"}},
      {"{line: {start: true}}", "a b\n- c d", {"a", "c"}},
      {"{line: {end: true}}", "a b\nc.", {"b", "c"}},
      {"{line: {words: \"<=1\"}}", "a b\nc", {"c"}},
      {"{line: {words: \">6\"}}",
       "a b c d e f g\nh",
       {"a", "b", "c", "d", "e", "f", "g"}},
      {"{line: {blank_before: true}}", "a\n\nb\nc", {"b"}},
      {"{line: {table: true}}", "a|b|c|d\ne", {"a", "b", "c", "d"}},
      {"{line: {column: dob}}", "id|sex|name|dob\n1|f|x|9", {"9"}},
      {"{line: {label: key}}", "key: a b\nc", {"a", "b"}},
      {"{line: {label: key, label_distance: 0}}", "key: a b", {"a"}},
      {"{line: {section: plan}}", "PLAN\na b", {"PLAN", "a", "b"}},
      {"{line: {above: best}}", "Best,\n\nb c", {"b", "c"}},
      {"{seen: {lower: \">=2\"}}", "a b a A", {"a", "a", "A"}},
      {"{seen: {titled: 1}}", "Dr. Ames saw ames", {"Ames", "ames"}},
      {"{phrase: before_name}", "signed by x y", {"x"}},
      {"{phrase: before_name, distance: 2}", "signed by x y", {"x", "y"}},
      {"{at: 0, case: initial}", "A Bc DE", {"A"}},
      {"{at: 0, kind: mixed}", "a1 a 1", {"a1"}},
      {"{at: 0, value: \"3..5\"}", "2 3 5 6 x 99999999999", {"3", "5"}},
      {"{at: 0, length: \">3\"}", "abc abcd", {"abcd"}},
      {"{at: 0, shape: [Xxd, dX]}", "Ab1 Abc1 2B 22B", {"Ab1", "2B"}},
      {"{at: 0, run: [d/dd]}", "1/22 1/2 3", {"1", "22"}},
      {"{at: 0, lex: {flags: stop}}", "the patient", {"the"}},
      {"{at: 0, lex: {not_flags: stop}}", "the patient", {"patient"}},
      {"{at: 0, lex: {first: \">=6\", ratio: \">0\"}}",
       "Jennifer pain",
       {"Jennifer"}},
      {"{at: 6, word: z}", "a b c d e f z", {"a"}},
  };
  for (const ConditionRow& row : rows) {
    SCOPED_TRACE(std::string(row.when) + " in " + row.text);
    const std::string site = SiteFolder(
        std::string("version: 1\nrules:\n  - {name: row, type: NAME, "
                    "log_odds: 1, when: [") +
        row.when + "]}\n");
    Load({ContextFolders()[0], site});
    EXPECT_EQ(Fires(row.text, "row"), row.fires);
  }
}

TEST_F(ContextRulesTest, SeesWhatARecognizerFound) {
  const std::string site = SiteFolder(
      "version: 1\nrules:\n  - {name: row, type: NAME, log_odds: 1,\n"
      "     when: [{at: 1, covered: [PHONE, FAX]}]}\n");
  Load({ContextFolders()[0], site});
  document_.candidates = {{.begin = 8, .end = 11, .type = PhiType::kPhone}};
  EXPECT_EQ(Fires("a Linda 555 0143", "row"),
            (std::vector<std::string>{"Linda"}));
}

// Words and marks that rules look at, in any order.
std::string RandomText(int pieces, std::mt19937* random) {
  static const char* const kPieces[] = {
      "Dr.",   "Smith", ",",   "MD",    "\n",       "on",   "3",      "/",
      "14",    "her",   "son", "Mark",  ":",        "name", "MRN",    "123456",
      "Oak",   "St",    "12",  "mg",    "(",        ")",    "signed", "by",
      "Linda", "says",  "at",  "Mercy", "Hospital", "L4",   "-",      "5"};
  std::string text;
  for (int i = 0; i < pieces; ++i) {
    text += kPieces[(*random)() % std::size(kPieces)];
    if ((*random)() % 4 != 0) text += ' ';
  }
  return text;
}

TEST_F(ContextRulesTest, HitsAreOrderedAndComplete) {
  constexpr unsigned kSeed = 20240611;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::string text = RandomText(4000, &random);
  Read(text);
  rules_->Apply(view_, &hits_);
  ASSERT_EQ(hits_.starts.size(), view_.words().size());
  for (std::size_t i = 0; i < view_.size(); ++i) {
    const auto at = hits_.at(i);
    EXPECT_TRUE(std::is_sorted(at.begin(), at.end()));
    EXPECT_TRUE(at.empty() || IsWordLike(view_.token(i)));
  }
  RuleHits again = hits_;
  rules_->Apply(view_, &again);
  EXPECT_EQ(again.rules, hits_.rules);
  EXPECT_EQ(again.starts, hits_.starts);
}

// Asked at a few words, rules say there what they say when asked everywhere.
TEST_F(ContextRulesTest, AFewWordsGetWhatAllGet) {
  constexpr unsigned kSeed = 20241123;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  RuleHits few;
  std::size_t fired = 0;
  for (int text = 0; text < 60; ++text) {
    Read(RandomText(300, &random));
    rules_->Apply(view_, &hits_);
    const auto one_of = 1 + random() % 12;
    std::vector<std::uint32_t> wanted;
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (IsWordLike(view_.token(i)) && random() % one_of == 0) {
        wanted.push_back(static_cast<std::uint32_t>(i));
      }
    }
    rules_->Apply(view_, wanted, &few);
    ASSERT_EQ(few.starts.size(), wanted.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < view_.size(); ++i) {
      const std::vector<std::uint16_t> found(few.at(i).begin(),
                                             few.at(i).end());
      if (next == wanted.size() || wanted[next] != i) {
        EXPECT_TRUE(found.empty());
        continue;
      }
      ++next;
      // A phrase in the line above counts when none of its words is wanted.
      const std::int32_t previous = view_.previous_word(i);
      if (view_.line_of(i) > 0 &&
          (previous < 0 || view_.line_of(static_cast<std::size_t>(previous)) !=
                               view_.line_of(i))) {
        continue;
      }
      const std::vector<std::uint16_t> all(hits_.at(i).begin(),
                                           hits_.at(i).end());
      ASSERT_EQ(found, all) << Surface(i) << " in " << text_;
      fired += found.size();
    }
  }
  EXPECT_GT(fired, 500u);
}

// The gates and the table are a shortcut: asked at every word, the conditions
// say the same. Rules with a phrase are left out, for want of the distances.
TEST_F(ContextRulesTest, AGateNeverHidesARuleThatHolds) {
  RuleParser parser(*classes_);
  const auto root = ReadYamlFile(ContextFolders()[0] + "/rules.yaml");
  ASSERT_TRUE(root.ok() && parser.Read(*root).ok());
  std::array<std::uint8_t, kPhraseGroupCount> none;
  none.fill(kNoPhrase);
  const YamlNode data = TestData("context_rules_cases.yaml");
  std::string text;
  for (const auto& [unused, row] : data.Get("cases")->entries()) {
    text += *row.Get("text")->AsString() + "\n";
  }
  Read(text);
  rules_->Apply(view_, &hits_);
  LineWords words;
  RuleWindow window;
  window.view = &view_;
  window.phrase_distance = none.data();
  for (const Line& line : view_.lines()) {
    words.Gather(view_, line, line.first, line.last, parser.marks());
    for (std::size_t place = 0; place < words.size(); ++place) {
      window.words = words.at(place);
      window.token = static_cast<std::size_t>(window.words->token);
      for (std::size_t r = 0; r < parser.rules().size(); ++r) {
        const ParsedRule& rule = parser.rules()[r];
        if (HasPhrase(rule)) continue;
        const bool holds =
            std::all_of(rule.conditions.begin(), rule.conditions.end(),
                        [&](const Condition& c) { return c.Holds(window); });
        const auto at = hits_.at(window.token);
        const std::size_t index = r + kPhraseGroupCount;
        EXPECT_EQ(std::find(at.begin(), at.end(), index) != at.end(), holds)
            << rule.name << " at " << Surface(window.token);
      }
    }
  }
}

}  // namespace
}  // namespace phiwire
