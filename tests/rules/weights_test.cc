// SPDX-License-Identifier: Apache-2.0

#include "rules/weights.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace phiwire {
namespace {

constexpr std::size_t kName = 1, kOrg = 5;

TEST(Weights, ReadsRowsOfBothPasses) {
  const auto weights = ParseWeights(
      "# fitted\n"
      "1\t0000000a\tword=dr\tname:1.5 org:-0.25\n"
      "\n"
      "1\tffffffff\tx\t\n"
      "2\t0000000a\tbest=name\tname:2",
      "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  ASSERT_EQ(weights->first.size(), 2u);
  ASSERT_EQ(weights->second.size(), 1u);
  const GroupScores& row = weights->first.row(weights->first.Find(0xA));
  EXPECT_FLOAT_EQ(row[kName], 1.5f);
  EXPECT_FLOAT_EQ(row[kOrg], -0.25f);
  EXPECT_FLOAT_EQ(row[0], 0);
  EXPECT_GE(weights->first.Find(0xFFFFFFFF), 0);
  EXPECT_EQ(weights->first.Find(0xB), -1);
  EXPECT_EQ(weights->second.Find(0xFFFFFFFF), -1);
}

TEST(Weights, SumsTheRowsOfKnownKeys) {
  const auto weights =
      ParseWeights("1\t1\ta\tname:1\n1\t2\tb\tname:2 org:1\n", "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  GroupScores scores{};
  scores[kName] = 10;
  const std::uint32_t keys[] = {1, 2, 3, 2};
  weights->first.Sum(keys, 4, &scores);
  EXPECT_FLOAT_EQ(scores[kName], 15);
  EXPECT_FLOAT_EQ(scores[kOrg], 2);
}

TEST(Weights, AnEmptyTableFindsNothing) {
  const WeightTable table;
  EXPECT_EQ(table.Find(1), -1);
  EXPECT_EQ(WeightTable::Build({}).Find(1), -1);
}

struct ErrorRow {
  const char* text;
  const char* error;
};

TEST(Weights, WrongRowsAreErrorsWithTheirLine) {
  const char* shape = "not \"PASS<TAB>KEY<TAB>NAME<TAB>GROUP:WEIGHT ...\"";
  const ErrorRow rows[] = {
      {"3\t1\ta\tname:1", "w.tsv:1: "},
      {"# c\n\n1\t0\ta\tname:1", "w.tsv:3: "},
      {"1\tzz\ta\tname:1", "w.tsv:1: "},
      {"1\t1x\ta\tname:1", "w.tsv:1: "},
      {"1\t123456789\ta\tname:1", "w.tsv:1: "},
      {"1\t\ta\tname:1", "w.tsv:1: "},
      {"1\t1\ta\tnick:1", "w.tsv:1: "},
      {"1\t1\ta\tname", "w.tsv:1: "},
      {"1\t1\ta\tname:x", "w.tsv:1: "},
      {"1\t1\ta\tname:1.5x", "w.tsv:1: "},
      {"1 1 a name:1", "w.tsv:1: "},
  };
  for (const ErrorRow& row : rows) {
    const auto weights = ParseWeights(row.text, "w.tsv");
    ASSERT_FALSE(weights.ok()) << row.text;
    EXPECT_EQ(std::string(weights.status().message()),
              std::string(row.error) + shape);
  }
}

TEST(Weights, AKeyMayStandOnceAPass) {
  const auto twice =
      ParseWeights("1\t7\ta\tname:1\n1\t7\tb\tname:2\n", "w.tsv");
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(std::string(twice.status().message()),
            "w.tsv:2: a key that stood above already");
  EXPECT_TRUE(ParseWeights("1\t7\ta\tname:1\n2\t7\tb\tname:2", "w").ok());
}

TEST(Weights, AFileWithoutWeightsIsAnError) {
  for (const char* text : {"", "# nothing\n", "2\t1\ta\tname:1\n"}) {
    const auto weights = ParseWeights(text, "w.tsv");
    ASSERT_FALSE(weights.ok()) << text;
    EXPECT_EQ(std::string(weights.status().message()),
              "w.tsv: holds no weights");
  }
}

TEST(Weights, AMissingFileIsNotFound) {
  const auto weights = ReadWeights("/no/such/weights.tsv");
  EXPECT_EQ(weights.status().code(), absl::StatusCode::kNotFound);
}

TEST(Weights, NamesNeverBreakARow) {
  const std::string text =
      FormatWeights({{1, 5, "word=a\tb\nc", {0, 1.25f}}}, {"made by hand"});
  EXPECT_EQ(text, "# made by hand\n1\t00000005\tword=a b c\tname:1.250\n");
  EXPECT_TRUE(ParseWeights(text, "w.tsv").ok());
}

TEST(Weights, WhatIsWrittenIsRead) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::vector<WeightRow> rows;
  std::set<std::uint32_t> used;
  while (rows.size() < 5000) {
    WeightRow row;
    row.pass = rows.size() % 3 == 2 ? 2 : 1;
    row.key = static_cast<std::uint32_t>(random());
    if (row.key == 0 || !used.insert(row.key).second) continue;
    row.name = "f" + std::to_string(rows.size());
    for (float& w : row.weights) {
      const auto thousandths = static_cast<int>(random() % 8001) - 4000;
      w = random() % 2 == 0 ? 0.0f : static_cast<float>(thousandths) / 1000;
    }
    rows.push_back(row);
  }
  const auto weights = ParseWeights(FormatWeights(rows, {"x"}), "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  for (const WeightRow& row : rows) {
    const WeightTable& table = row.pass == 1 ? weights->first : weights->second;
    const std::int32_t index = table.Find(row.key);
    ASSERT_GE(index, 0);
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      EXPECT_NEAR(table.row(index)[g], row.weights[g], 1e-6) << row.name;
    }
  }
}

}  // namespace
}  // namespace phiwire
