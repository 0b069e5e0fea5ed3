// SPDX-License-Identifier: Apache-2.0

#include "rules/scorer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>

#include "rules/features_inl.h"
#include "rules/passes_inl.h"
#include "rules/softmax.h"
#include "rules/thin_features_inl.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

struct KeySink {
  std::vector<std::uint32_t>* keys;
  template <class Describe>
  void Add(Feature f, std::uint32_t value, Describe) {
    keys->push_back(FeatureKey(static_cast<std::uint32_t>(f), value));
  }
};

using Rows = std::map<std::uint32_t, GroupScores>;

class ScorerTest : public DocumentFixture {
 protected:
  static FeatureContext Context(const std::vector<std::string>& folders = {
                                    ContextFolders()}) {
    FeatureContext context(*classes_);
    context.pattern_names = {"date/numeric", "phone/us"};
    for (const std::string& name : context.pattern_names) {
      context.pattern_hashes.push_back(HashWord(name));
    }
    auto rules = ContextRules::Load(folders, *classes_);
    if (!rules.ok()) {
      ADD_FAILURE() << rules.status();
      return context;
    }
    context.rules = std::make_shared<const ContextRules>(*std::move(rules));
    return context;
  }

  static constexpr std::size_t kShort = 80;  // words of a text, at most
  std::string RandomText(std::size_t most) {
    static constexpr const char* kWords[] = {
        "Dr.",     "Smith",    "jane",   "JANE", "Jane",    "McDonald",
        "patient", "was",      "seen",   "by",   "Name:",   "DOB:",
        "03/14",   "/1960",    "12",     "2015", "MRN",     "0012345",
        "Boston",  "General",  "of",     "\n",   "\n\n",    "|",
        ",",       "(",        ")",      "-",    "O'Brien", "mg",
        "5mg",     "Hospital", "called", "her",  "mother,", "RN",
        "123",     "Main",     "Street", "will", "Will",    "Plan:",
        "Tylenol", "x7G",      "March",  "5",    "\"",      "caf\xC3\xA9"};
    std::string text;
    for (std::size_t n = 1 + random_() % most; n > 0; --n) {
      text += kWords[random_() % std::size(kWords)];
      if (random_() % 4 != 0) text += ' ';
    }
    return text;
  }
  // The text with candidates and labels on random tokens.
  void ReadRandom(std::size_t most = kShort) {
    document_.candidates.clear();
    document_.contexts.clear();
    Read(RandomText(most));
    for (const Token& t : document_.tokens) {
      if (random_() % 6 != 0 || t.kind == TokenKind::kNewline) continue;
      Candidate c;
      c.begin = t.begin;
      c.end = t.end;
      c.type = static_cast<PhiType>(random_() % kPhiTypeCount);
      c.pattern = random_() % 2 == 0 ? 0 : 1;
      c.score = 0.5f;
      c.valid = random_() % 2 == 0;
      document_.candidates.push_back(c);
      const auto label = static_cast<PhiType>(random_() % kPhiTypeCount);
      document_.contexts.push_back({t.begin, t.end, label, random_() % 4 == 0});
    }
    view_.Build(document_, ClassMasks(*classes_));
  }

  std::vector<std::uint32_t> Keys(std::size_t i,
                                  const FeatureContext& context) const {
    std::vector<std::uint32_t> keys;
    KeySink sink{&keys};
    ExtractWhole(view_, context, i, sink);
    return keys;
  }
  std::vector<std::uint32_t> WordKeys(std::size_t i,
                                      const FeatureContext& context) const {
    std::vector<std::uint32_t> keys;
    KeySink sink{&keys};
    ExtractWords(view_, context, i, sink);
    return keys;
  }
  std::vector<std::uint32_t> ThinKeys(std::size_t i,
                                      const FeatureContext& context) const {
    std::vector<std::uint32_t> keys;
    KeySink sink{&keys};
    ExtractThin(view_, context, i, sink);
    return keys;
  }

  // Weights for about half of the keys: whole steps of the fixed point, and so
  // small that no sum passes what sixteen bits hold.
  void AddRandomRows(const std::vector<std::uint32_t>& keys, Rows* rows,
                     float most = 0.5f) {
    for (const std::uint32_t key : keys) {
      if (rows->contains(key)) continue;
      GroupScores& row = (*rows)[key];
      if (random_() % 2 == 0) continue;
      for (float& w : row) {
        w = 2 * most *
            static_cast<float>(static_cast<int>(random_() % 257) - 128) / 256;
      }
    }
  }
  static WeightTable Table(const Rows& rows) {
    std::vector<std::pair<std::uint32_t, GroupScores>> list;
    for (const auto& [key, row] : rows) {
      if (row != GroupScores{}) list.emplace_back(key, row);
    }
    return WeightTable::Build(std::move(list));
  }
  static GroupScores PlainSum(const std::vector<std::uint32_t>& keys,
                              const Rows& rows) {
    GroupScores sum{};
    for (const std::uint32_t key : keys) {
      const auto row = rows.find(key);
      if (row == rows.end()) continue;
      for (std::size_t g = 0; g < kGroupCount; ++g) sum[g] += row->second[g];
    }
    return sum;
  }
  static ClassMasks Masks() { return ClassMasks(*classes_); }
  // Scores the text that was read.
  void Score(const Scorer& scorer, ScoreWork* work) const {
    work->view.BuildWithoutUses(document_);
    scorer.Score(/*all_uses=*/false, work);
  }

  const unsigned seed_ = 20250711;
  std::mt19937 random_{seed_};
};

// What memos, tables and look-ups give is what the features give one by one;
// a fresh scratch and a used one agree to the last bit.
TEST_F(ScorerTest, ScoresArePlainSums) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  const FeatureContext context = Context();
  Rows word_rows, whole_rows;
  for (int text = 0; text < 40; ++text) {
    ReadRandom();
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (!IsTarget(view_, i)) continue;
      AddRandomRows(WordKeys(i, context), &word_rows, 1.5f);
      AddRandomRows(Keys(i, context), &whole_rows);
    }
  }
  Weights weights;
  weights.words = Table(word_rows);
  weights.whole = Table(whole_rows);
  const Scorer scorer(std::move(weights), context, Masks());
  ScoreWork warm;
  std::size_t settled = 0, whole = 0, telling = 0;
  std::size_t longest = 0;
  for (int text = 0; text < 150; ++text) {
    // Some are of several of the blocks that words are looked at by.
    ReadRandom(text % 30 == 0 ? 60 * kShort : kShort);
    longest = std::max(longest, view_.words().size());
    ScoreWork cold;
    Score(scorer, &cold);
    Score(scorer, &warm);
    for (std::size_t i = 0; i < view_.size(); ++i) {
      const TokenScores& evidence = warm.evidence.scores(i);
      EXPECT_EQ(cold.evidence.scores(i).scores, evidence.scores) << Surface(i);
      if (!IsTarget(view_, i)) {
        EXPECT_EQ(warm.evidence[i].probabilities[0], 1.0f);
        continue;
      }
      const GroupScores plain = evidence.whole
                                    ? PlainSum(Keys(i, context), whole_rows)
                                    : PlainSum(WordKeys(i, context), word_rows);
      for (std::size_t g = 0; g < kGroupCount; ++g) {
        ASSERT_NEAR(evidence.scores[g], plain[g], 1e-3)
            << Surface(i) << " in " << text_;
        telling += std::fabs(plain[g]) > 1;
      }
      GroupScores words = PlainSum(WordKeys(i, context), word_rows);
      ToProbabilities(&words);
      ASSERT_EQ(evidence.whole, !Settled(words)) << Surface(i);
      (evidence.whole ? whole : settled) += 1;
    }
    std::vector<std::uint32_t> doubtful;
    for (const std::uint32_t i : view_.words()) {
      if (InDoubt(warm.evidence.phi(i))) doubtful.push_back(i);
    }
    ASSERT_EQ(warm.doubtful, doubtful) << text_;
  }
  EXPECT_GT(longest, 2000u);
  EXPECT_GT(settled, 500u);
  EXPECT_GT(whole, 500u);
  EXPECT_GT(telling, settled + whole);
}

// Every small feature stays within the domain its tables are made for.
struct DomainSink {
  std::map<Feature, SmallDomain>* most;
  void Small(Feature f, std::uint32_t a, std::uint32_t b) {
    SmallDomain& seen = (*most)[f];
    seen.first = std::max(seen.first, a + 1);
    seen.second = std::max(seen.second, b + 1);
  }
  template <class Describe>
  void Add(Feature f, std::uint32_t, Describe) {
    EXPECT_EQ(DomainOf(f).first, 0u) << FeatureName(f);
  }
};
TEST_F(ScorerTest, SmallFeaturesStayInTheirDomain) {
  const FeatureContext context = Context();
  std::map<Feature, SmallDomain> most;
  for (int text = 0; text < 150; ++text) {
    ReadRandom();
    DomainSink sink{&most};
    Evidence evidence;
    evidence.Reset(view_.size());
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (!IsTarget(view_, i)) continue;
      ExtractWhole(view_, context, i, sink);
      GroupScores scores{};
      for (float& score : scores) score = static_cast<float>(random_() % 9);
      evidence.Set(i, {scores});
    }
    DocumentMemory memory;
    memory.Build(view_, evidence);
    RuleHits rules;
    context.rules->Apply(view_, &rules);
    for (const std::uint32_t i : evidence.weighed()) {
      ExtractDocument(view_, context, evidence, memory, rules, i, sink);
    }
  }
  // All of them, the document's too.
  std::size_t small = 0;
  for (std::uint32_t f = 0; f < static_cast<std::uint32_t>(Feature::kCount);
       ++f) {
    small += DomainOf(static_cast<Feature>(f)).first > 0;
  }
  EXPECT_EQ(most.size(), small);
  for (const auto& [feature, seen] : most) {
    EXPECT_LE(seen.first, DomainOf(feature).first) << FeatureName(feature);
    EXPECT_LE(seen.second, DomainOf(feature).second) << FeatureName(feature);
  }
}

// The filter keeps exactly the tokens whose thin sum reaches the threshold.
TEST_F(ScorerTest, TheFilterDropsOnlyWhatIsBelowItsThreshold) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  const FeatureContext context = Context();
  Rows rows;
  for (int text = 0; text < 40; ++text) {
    ReadRandom();
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (IsTarget(view_, i)) AddRandomRows(ThinKeys(i, context), &rows);
    }
  }
  Weights weights;
  weights.filter = Table(rows);
  weights.filter_threshold = 0.5f;
  const Scorer scorer(std::move(weights), context, Masks());
  ScoreWork work;
  std::size_t kept = 0, dropped = 0;
  for (int text = 0; text < 150; ++text) {
    ReadRandom();
    Score(scorer, &work);
    std::vector<bool> passed(view_.size());
    for (const std::uint32_t i : work.passed) passed[i] = true;
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (!IsTarget(view_, i)) {
        EXPECT_FALSE(passed[i]);
        continue;
      }
      const float plain = PlainSum(ThinKeys(i, context), rows)[1];
      if (std::fabs(plain - 0.5f) < 1e-3f) continue;  // rounding decides
      ASSERT_EQ(passed[i], plain > 0.5f) << Surface(i) << " in " << text_;
      (passed[i] ? kept : dropped) += 1;
    }
  }
  EXPECT_GT(kept, 500u);
  EXPECT_GT(dropped, 500u);
}

TEST_F(ScorerTest, ScoresOfSixteenBitsAreCutAndNotWrapped) {
  const FeatureContext context = Context();
  Read("Smith");
  std::vector<std::pair<std::uint32_t, GroupScores>> rows;
  for (const std::uint32_t key : Keys(0, context)) {
    const bool stood =
        std::any_of(rows.begin(), rows.end(),
                    [&](const auto& r) { return r.first == key; });
    if (!stood) rows.push_back({key, {0, 50}});
  }
  Weights weights;
  weights.words = WeightTable::Build(rows);
  const Scorer scorer(std::move(weights), context, Masks());
  ScoreWork work;
  Score(scorer, &work);
  EXPECT_GT(work.evidence.scores(0).scores[1], 120);
  EXPECT_GT(work.evidence[0].final_probabilities[1], 0.99f);
}

// Initials of people the document names, in any of their orders.
TEST_F(ScorerTest, InitialsAreThoseOfNamesInTheDocument) {
  Read(
      "William H. Keller saw DOE, JOHN today. Blood Pressure fine\nAnna\nBell");
  view_.Build(document_, ClassMasks(*classes_));
  Evidence evidence;
  evidence.Reset(view_.size());
  for (const char* word :
       {"William", "H", "Keller", "DOE", "JOHN", "Anna", "Bell"}) {
    GroupScores scores{};
    scores[static_cast<std::size_t>(Group::kName)] = 5;
    evidence.Set(Find(word), {scores});
  }
  Initials initials;
  const auto build = [&] {
    initials.Clear();
    for (const std::uint32_t i : evidence.weighed()) {
      initials.Add(view_, evidence, i);
    }
    initials.Sort();
  };
  build();
  for (const char* word : {"WHK", "whk", "WK", "WH", "JD", "DJ"}) {
    EXPECT_TRUE(initials.Has(word)) << word;
  }
  for (const char* word : {"BP", "AB", "KWH", "JK", "WJ", "XX"}) {
    EXPECT_FALSE(initials.Has(word)) << word;
  }
  evidence.Reset(view_.size());
  build();
  EXPECT_FALSE(initials.Has("WK"));
}

// Memory made for a few tokens tells them what memory of all would.
TEST_F(ScorerTest, MemoryOfAFewTokensIsThatOfAll) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  const FeatureContext context = Context();
  DocumentMemory all, few;
  RuleHits rules;
  Evidence evidence;
  for (int text = 0; text < 60; ++text) {
    ReadRandom();
    evidence.Reset(view_.size());
    for (std::size_t i = 0; i < view_.size(); ++i) {
      if (!IsTarget(view_, i) || random_() % 3 == 0) continue;
      GroupScores scores{};
      for (float& score : scores) score = static_cast<float>(random_() % 9);
      evidence.Set(i, {scores});
    }
    std::vector<std::uint32_t> asked;
    for (const std::uint32_t i : evidence.weighed()) {
      if (random_() % 5 == 0) asked.push_back(i);
    }
    all.Build(view_, evidence);
    few.Build(view_, evidence, asked);
    context.rules->Apply(view_, &rules);
    for (const std::uint32_t i : asked) {
      std::vector<std::uint32_t> expected, found;
      KeySink with_all{&expected}, with_few{&found};
      ExtractDocument(view_, context, evidence, all, rules, i, with_all);
      ExtractDocument(view_, context, evidence, few, rules, i, with_few);
      ASSERT_EQ(found, expected) << Surface(i) << " in " << text_;
    }
  }
}

class RuleWeightsTest : public ScorerTest {
 protected:
  static std::string SiteFolder() {
    const std::string folder = testing::TempDir() + "/phiwire_scorer_site";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/rules.yaml")
        << "version: 1\n"
           "rules:\n"
           "  - name: site_ward_name\n"
           "    type: FACILITY\n"
           "    log_odds: 4\n"
           "    when: [{at: 0, word: [zephyr]}]\n";
    return folder;
  }
  // P(org) of "zephyr", which nothing but the rules speaks for.
  float OrgOf(const Scorer& scorer) {
    Read("on zephyr ward");
    ScoreWork work;
    Score(scorer, &work);
    return work.evidence[Find("zephyr")]
        .final_probabilities[static_cast<std::size_t>(Group::kOrg)];
  }
  // e^6 for none: out of doubt without the rule. No weight for any rule.
  Weights AgainstPhi(const FeatureContext& context) const {
    std::vector<std::pair<std::uint32_t, GroupScores>> first, second;
    first.push_back(
        {FeatureKey(static_cast<std::uint32_t>(Feature::kBias), 0), {6}});
    for (std::size_t r = 0; r < context.rules->size(); ++r) {
      if (context.rules->name(r).starts_with("site_")) continue;
      second.push_back({FeatureKey(static_cast<std::uint32_t>(Feature::kRule),
                                   context.rules->hash(r)),
                        {}});
    }
    Weights weights;
    weights.words = WeightTable::Build(first);
    weights.document = WeightTable::Build(second);
    return weights;
  }
};

TEST_F(RuleWeightsTest, WhatTheFilterDropsIsCertainlyNoPhi) {
  const FeatureContext context = Context();
  Weights weights = AgainstPhi(context);
  weights.filter_threshold = 1;  // and no weight reaches it
  const Scorer scorer(std::move(weights), context, Masks());
  ScoreWork work;
  Read("Seen by Dr. Smith");
  Score(scorer, &work);
  EXPECT_TRUE(work.passed.empty());
  for (std::size_t i = 0; i < view_.size(); ++i) {
    EXPECT_EQ(work.evidence[i].final_probabilities[0], 1.0f);
  }
}

TEST_F(RuleWeightsTest, ItsLogOddsCountWhileTheWeightsDoNotKnowIt) {
  const FeatureContext built_in = Context();
  std::vector<std::string> folders = ContextFolders();
  folders.push_back(SiteFolder());
  const FeatureContext site = Context(folders);
  ASSERT_GT(site.rules->size(), built_in.rules->size());
  const float before = OrgOf(Scorer(AgainstPhi(built_in), built_in, Masks()));
  const float after = OrgOf(Scorer(AgainstPhi(site), site, Masks()));
  // One against the other six groups and "none" at e^6.
  EXPECT_NEAR(before, 1 / (std::exp(6.0f) + 7), 1e-4);
  EXPECT_NEAR(after, std::exp(4.0f) / (std::exp(6.0f) + 6 + std::exp(4.0f)),
              1e-3);
}

TEST_F(RuleWeightsTest, AFittedWeightStandsInItsStead) {
  std::vector<std::string> folders = ContextFolders();
  folders.push_back(SiteFolder());
  const FeatureContext site = Context(folders);
  Weights weights = AgainstPhi(site);
  std::vector<std::pair<std::uint32_t, GroupScores>> second;
  for (std::size_t r = 0; r < site.rules->size(); ++r) {
    second.push_back({FeatureKey(static_cast<std::uint32_t>(Feature::kRule),
                                 site.rules->hash(r)),
                      {}});
  }
  weights.document = WeightTable::Build(second);
  EXPECT_NEAR(OrgOf(Scorer(std::move(weights), site, Masks())),
              1 / (std::exp(6.0f) + 7), 1e-4);
}

}  // namespace
}  // namespace phiwire
