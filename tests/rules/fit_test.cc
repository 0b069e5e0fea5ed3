// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/fit.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "base/strings.h"
#include "engine/canonical.h"
#include "rules/fit/folds.h"
#include "rules/fit/labels.h"
#include "rules/fit/rows.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

class FitTest : public DocumentFixture {
 protected:
  // "{...}" marks a name.
  static GoldDocument Gold(std::string id, std::string_view marked) {
    GoldDocument document{std::move(id), {}, {}};
    for (const char c : marked) {
      if (c == '{') {
        document.spans.push_back({document.text.size(), 0, PhiType::kName});
      } else if (c == '}') {
        document.spans.back().end = document.text.size();
      } else {
        document.text += c;
      }
    }
    return document;
  }
  // Names stand after "Dr." and nowhere else.
  static std::vector<GoldDocument> Documents() {
    static constexpr const char* kNames[] = {"Smith", "Alvarez", "Krishnan",
                                             "Lee",   "Nguyen",  "Okafor",
                                             "Brown", "Petrov"};
    static constexpr const char* kRest[] = {
        "Patient walks well. Plan: rest and fluids.\n",
        "No fever today, the wound is clean and dry.\n",
        "Given 5 mg of the drug, will return in a week.\n",
        "Chest film shows no change from the last one.\n",
        "He denies pain. Exam was normal in all respects.\n"};
    std::vector<GoldDocument> gold;
    for (const char* name : kNames) {
      for (const char* rest : kRest) {
        const std::string id = std::to_string(gold.size());
        gold.push_back(
            Gold(id, Concat({"Seen by Dr. {", name, "} today. ", rest,
                             "Will follow up with Dr. {", name, "} then.\n"})));
      }
    }
    return gold;
  }
  absl::StatusOr<FitResult> Run(const std::vector<GoldDocument>& gold,
                                std::uint64_t seed = 1) {
    FeatureContext context(*classes_);
    const std::vector<std::string> folders = ContextFolders();
    auto rules = ContextRules::Load(folders, *classes_);
    if (!rules.ok()) return rules.status();
    context.rules = std::make_shared<const ContextRules>(*std::move(rules));
    FitOptions options;
    options.filter.seed = options.words.seed = seed;
    options.whole.seed = options.document.seed = seed;
    const auto prepare =
        [&](std::string_view text) -> absl::StatusOr<Prepared> {
      const absl::Status status = canonical_.Assign(text);
      if (!status.ok()) return status;
      document_.text = canonical_.text();
      if (words_ == nullptr) {
        words_ = std::make_unique<WordTable>(*lexicon_, *classes_);
      }
      Tokenize(words_.get(), &document_);
      return Prepared{&document_, &canonical_};
    };
    return Fit(gold, context, ClassMasks(*classes_), prepare, options);
  }
  CanonicalText canonical_;
};

TEST_F(FitTest, OneSeedGivesTheSameBytes) {
  const std::vector<GoldDocument> gold = Documents();
  const auto a = Run(gold);
  const auto b = Run(gold);
  const auto other = Run(gold, 2);
  ASSERT_TRUE(a.ok() && b.ok() && other.ok()) << a.status();
  EXPECT_EQ(FormatWeights(a->rows, {"x"}), FormatWeights(b->rows, {"x"}));
  EXPECT_NE(FormatWeights(a->rows, {"x"}), FormatWeights(other->rows, {"x"}));
}

TEST_F(FitTest, SeparableDocumentsAreLearned) {
  const auto result = Run(Documents());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->documents, 40u);
  EXPECT_GT(result->filter_kept, 0);
  EXPECT_LT(result->filter_kept, 1);
  EXPECT_GE(result->settled, 0);
  EXPECT_LE(result->settled, 1);
  EXPECT_GE(result->curve.size(), 5u);
  for (const FitPoint& point : result->curve) {
    SCOPED_TRACE(point.threshold);
    if (point.threshold > 0.55) continue;
    EXPECT_GT(point.recall, 0.9);
    EXPECT_LE(point.recall, 1.0);
    EXPECT_GT(point.precision, 0.9);
  }
}

TEST_F(FitTest, TheRowsAreAWeightsFile) {
  const auto result = Run(Documents());
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->features, result->rows.size());
  const auto weights = ParseWeights(FormatWeights(result->rows, {}), "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  EXPECT_GT(weights->filter_threshold, -100);
  EXPECT_GT(weights->filter.size(), 0u);
  std::set<std::string> names;
  for (const WeightRow& row : result->rows) {
    EXPECT_FALSE(row.name.empty()) << row.pass << " " << row.key;
    if (row.pass == 3) names.insert(row.name);
  }
  // Every rule is known, those that never fired with no weight.
  EXPECT_TRUE(names.contains("rule=title_then_name"));
  EXPECT_TRUE(names.contains("rule=pet_name"));
}

TEST_F(FitTest, DocumentsWithoutPhiGiveAModelThatFindsNone) {
  std::vector<GoldDocument> gold;
  for (int i = 0; i < 10; ++i) {
    gold.push_back(Gold(std::to_string(i), "Patient walks well.\n"));
  }
  const auto result = Run(gold);
  ASSERT_TRUE(result.ok()) << result.status();
  for (const FitPoint& point : result->curve) {
    EXPECT_EQ(point.recall, 0);
  }
}

TEST_F(FitTest, ATextThatCanNotBePreparedIsNamedByNumberOnly) {
  std::vector<GoldDocument> gold = Documents();
  gold[2].text = "secret \xFF";
  const auto result = Run(gold);
  ASSERT_FALSE(result.ok());
  const std::string message(result.status().message());
  EXPECT_TRUE(message.starts_with("document 3: ")) << message;
  EXPECT_EQ(message.find("secret"), std::string::npos);
}

// Variants are learned from and not counted: recall keeps its denominator.
TEST_F(FitTest, VariantsDoNotCountInTheFigures) {
  std::vector<GoldDocument> gold = Documents();
  for (std::size_t i = 0; i < 10; ++i) {
    gold.push_back(gold[i]);
    gold.back().id += "~1";
  }
  const auto result = Run(gold);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->documents, 50u);
  for (const FitPoint& point : result->curve) {
    EXPECT_LE(point.recall, 1.0);
  }
}

TEST(Folds, AVariantIsInTheFoldOfItsOriginal) {
  std::vector<GoldDocument> gold;
  for (int i = 0; i < 200; ++i) {
    const std::string id = Concat({"note-", std::to_string(i)});
    for (const char* suffix : {"", "~1", "~2"}) {
      gold.push_back({id + suffix, {}, {}});
    }
  }
  const Folds folds(gold, 5);
  std::map<int, int> sizes;
  for (std::size_t d = 0; d < gold.size(); d += 3) {
    EXPECT_EQ(folds.of[d], folds.of[d + 1]) << gold[d].id;
    EXPECT_EQ(folds.of[d], folds.of[d + 2]) << gold[d].id;
    EXPECT_FALSE(IsVariant(gold[d]));
    EXPECT_TRUE(IsVariant(gold[d + 1]));
    ++sizes[folds.of[d]];
  }
  ASSERT_EQ(sizes.size(), 5u);
  for (const auto& [fold, size] : sizes) EXPECT_GT(size, 20) << fold;
}

TEST(Folds, ADocumentKeepsItsFoldWhenOthersJoin) {
  const GoldDocument one{"17", {}, {}}, two{"18", {}, {}};
  EXPECT_EQ(Folds({one}, 5).of[0], Folds({two, one}, 5).of[1]);
}

struct LabelRow {
  std::size_t begin, end;
  Group group;
  bool counted;
};

TEST(Labels, OverlapDecidesAndRealSpansBeatOptionalOnes) {
  GoldDocument gold;
  gold.spans = {{0, 4, PhiType::kName},
                {6, 20, std::nullopt},
                {8, 12, PhiType::kDate},
                {30, 34, PhiType::kProfession}};
  const LabelRow rows[] = {
      {0, 4, Group::kName, true},    {3, 5, Group::kName, true},
      {4, 6, Group::kNone, true},    {6, 8, Group::kNone, false},
      {8, 10, Group::kDate, true},   {11, 13, Group::kDate, true},
      {12, 20, Group::kNone, false}, {20, 22, Group::kNone, true},
      {30, 34, Group::kNone, true},  {40, 50, Group::kNone, true},
  };
  std::size_t at = 0;
  for (const LabelRow& row : rows) {
    bool counted = false;
    EXPECT_EQ(LabelOf(gold, row.begin, row.end, &at, &counted), row.group)
        << row.begin;
    EXPECT_EQ(counted, row.counted) << row.begin;
  }
}

TEST_F(FitTest, BareYearsAndDaysOfTheWeekAreCalm) {
  Read("Monday 2015 1999 1776 20 Smith 2015a");
  const std::uint64_t calm = ClassMasks(*classes_).calm;
  const std::vector<bool> expected = {true,  true,  true, false,
                                      false, false, false};
  ASSERT_EQ(view_.size(), expected.size());
  for (std::size_t i = 0; i < view_.size(); ++i) {
    EXPECT_EQ(CalmToken(view_, i, calm), expected[i]) << Surface(i);
  }
}

TEST(Rows, RareKeysGoAndTheOthersBecomeIds) {
  Examples examples;
  examples.features = {70, 50, 70, 50, 90, 70};
  examples.starts = {0, 2, 5, 6};
  examples.labels = {0, 1, 0};
  EXPECT_EQ(Densify(2, &examples), (std::vector<std::uint32_t>{50, 70}));
  EXPECT_EQ(examples.features, (std::vector<std::uint32_t>{1, 0, 1, 0, 1}));
  EXPECT_EQ(examples.starts, (std::vector<std::size_t>{0, 2, 4, 5}));
}

TEST(Rows, WeightsNearNothingHaveNoRow) {
  std::vector<WeightRow> rows;
  AppendRows(1, {7, 8}, {{0, 0.019f, -0.019f}, {0, 0.5f, 0.01f}}, &rows);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].key, 8u);
  EXPECT_EQ(rows[0].weights, (GroupScores{0, 0.5f}));
}

}  // namespace
}  // namespace phiwire
