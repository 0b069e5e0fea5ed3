// SPDX-License-Identifier: Apache-2.0

#include "rules/weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::size_t kName = 1, kOrg = 5;

// The row of a key as floats; the test fails without it.
GroupScores RowOf(const WeightTable& table, std::uint32_t key) {
  GroupScores row{};
  const WeightTable::Row* found = table.Find(key);
  if (found == nullptr) {
    ADD_FAILURE() << "no key " << key;
    return row;
  }
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    row[g] = static_cast<float>((*found)[g]) / kWeightScale;
  }
  return row;
}

TEST(Weights, ReadsRowsOfEveryPass) {
  const auto weights = ParseWeights(
      "# fitted\n"
      "0\t00000001\tthreshold\tphi:-3.25\n"
      "0\t0000000a\tword=dr\tphi:0.5\n"
      "1\t0000000a\tword=dr\tname:1.5 org:-0.25\n"
      "\n"
      "1\tffffffff\tx\t\n"
      "2\t0000000a\tword=dr\tname:2\n"
      "3\t0000000a\tbest=name\tname:3",
      "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  EXPECT_FLOAT_EQ(weights->filter_threshold, -3.25f);
  ASSERT_EQ(weights->filter.size(), 1u);
  ASSERT_EQ(weights->words.size(), 2u);
  ASSERT_EQ(weights->whole.size(), 1u);
  EXPECT_FLOAT_EQ(weights->document.Weight(0xA, kName), 3);
  EXPECT_FLOAT_EQ(weights->filter.Weight(0xA, 1), 0.5f);
  const GroupScores row = RowOf(weights->words, 0xA);
  EXPECT_FLOAT_EQ(row[kName], 1.5f);
  EXPECT_FLOAT_EQ(row[kOrg], -0.25f);
  EXPECT_FLOAT_EQ(row[0], 0);
  EXPECT_NE(weights->words.Find(0xFFFFFFFF), nullptr);
  EXPECT_EQ(weights->words.Find(0xB), nullptr);
  EXPECT_EQ(weights->whole.Find(0xFFFFFFFF), nullptr);
  EXPECT_FLOAT_EQ(weights->whole.Weight(0xA, kName), 2);
  EXPECT_FLOAT_EQ(weights->whole.Weight(0xB, kName), 0);
}

TEST(Weights, WithoutAThresholdTheFilterDropsNothing) {
  const auto weights = ParseWeights("1\t1\ta\tname:1\n", "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  EXPECT_LT(weights->filter_threshold, -1e6f);
}

TEST(Weights, TheThresholdKeyIsAFeatureInOtherPasses) {
  const auto weights =
      ParseWeights("1\t1\ta\tname:1\n2\t1\tb\tname:2\n", "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  EXPECT_FLOAT_EQ(weights->words.Weight(kThresholdKey, kName), 1);
  EXPECT_FLOAT_EQ(weights->whole.Weight(kThresholdKey, kName), 2);
}

TEST(Weights, SumsTheRowsOfKnownKeys) {
  const auto weights =
      ParseWeights("1\t1\ta\tname:1\n1\t2\tb\tname:2 org:-1\n", "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  WeightSums ten{};
  ten[kName] = 10 * static_cast<std::int16_t>(kWeightScale);
  SumLanes sums;
  sums.Add(ten);  // what is there stays
  const std::uint32_t keys[] = {1, 2, 3, 2};
  weights->words.Sum(keys, 4, &sums);
  EXPECT_FLOAT_EQ(sums.scores()[kName], 15);
  EXPECT_FLOAT_EQ(sums.scores()[kOrg], -2);
  EXPECT_EQ(sums.sums()[kOrg], -2 * static_cast<int>(kWeightScale));
}

TEST(Weights, AnEmptyTableFindsNothing) {
  const std::uint32_t keys[] = {1, 2};
  for (const WeightTable& table : {WeightTable(), WeightTable::Build({})}) {
    EXPECT_EQ(table.size(), 0u);
    EXPECT_EQ(table.Find(1), nullptr);
    EXPECT_EQ(table.Weight(1, kName), 0.0f);
    SumLanes sums;
    table.Sum(keys, 2, &sums);
    EXPECT_EQ(sums.sums(), WeightSums{});
  }
}

TEST(Weights, AWeightOutOfRangeIsCutAndNotWrapped) {
  const WeightTable table =
      WeightTable::Build({{1, {0, 1000, -1000}}, {2, {0, 59.5f, -59.5f}}});
  EXPECT_FLOAT_EQ(table.Weight(1, 1), 100);
  EXPECT_FLOAT_EQ(table.Weight(1, 2), -100);
  EXPECT_FLOAT_EQ(table.Weight(2, 1), 59.5f);
  EXPECT_FLOAT_EQ(table.Weight(2, 2), -59.5f);
}

// Twenty keys that agree in their low 16 bits: the table grows until no bucket
// of eight runs over.
TEST(Weights, KeysOfOneBucketAreAllFound) {
  std::vector<std::pair<std::uint32_t, GroupScores>> rows;
  for (std::uint32_t k = 1; k <= 20; ++k) {
    rows.push_back({k << 16 | 0xBEEF, {0, static_cast<float>(k)}});
  }
  const WeightTable table = WeightTable::Build(rows);
  EXPECT_EQ(table.size(), rows.size());
  for (const auto& [key, weights] : rows) {
    EXPECT_FLOAT_EQ(table.Weight(key, kName), weights[kName]);
    SumLanes sums;
    table.Sum(&key, 1, &sums);
    EXPECT_FLOAT_EQ(sums.scores()[kName], weights[kName]);
  }
  EXPECT_EQ(table.Find(21u << 16 | 0xBEEF), nullptr);
}

// A sum over any keys is that of the rows found one by one.
TEST(Weights, SumsAreThoseOfSingleLookUps) {
  constexpr unsigned kSeed = 11;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::set<std::uint32_t> keys;
  std::vector<std::pair<std::uint32_t, GroupScores>> rows;
  while (rows.size() < 3000) {
    const auto key = static_cast<std::uint32_t>(random()) | 1u;
    if (!keys.insert(key).second) continue;
    rows.push_back({key, {}});
    for (float& w : rows.back().second) {
      w = static_cast<float>(static_cast<int>(random() % 101) - 50) / 256;
    }
  }
  const WeightTable table = WeightTable::Build(rows);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint32_t> asked;
    WeightSums expected{};
    const std::size_t count = random() % (WeightTable::kMostKeys + 1);
    while (asked.size() < count) {
      const bool known = random() % 2 == 0;
      asked.push_back(known ? rows[random() % rows.size()].first
                            : static_cast<std::uint32_t>(random()) & ~1u);
      const WeightTable::Row* row = table.Find(asked.back());
      EXPECT_EQ(row != nullptr, known);
      for (std::size_t g = 0; row != nullptr && g < kGroupCount; ++g) {
        expected[g] = static_cast<std::int16_t>(expected[g] + (*row)[g]);
      }
    }
    SumLanes sums;
    table.Sum(asked.data(), asked.size(), &sums);
    EXPECT_EQ(sums.sums(), expected);
  }
}

struct ErrorRow {
  const char* text;
  const char* error;
};

TEST(Weights, WrongRowsAreErrorsWithTheirLine) {
  const char* shape = "not \"PASS<TAB>KEY<TAB>NAME<TAB>GROUP:WEIGHT ...\"";
  const ErrorRow rows[] = {
      {"4\t1\ta\tname:1", "w.tsv:1: "},
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
      {"-1\t1\ta\tname:1", "w.tsv:1: "},
      {"0\t1\ta\tphi", "w.tsv:1: "},
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
  EXPECT_FALSE(
      ParseWeights("0\t1\tt\tphi:1\n0\t1\tt\tphi:2\n1\t7\ta\t", "w").ok());
}

TEST(Weights, AFileWithoutWeightsIsAnError) {
  for (const char* text :
       {"", "# nothing\n", "2\t1\ta\tname:1\n", "0\t1\tthreshold\tphi:-3\n"}) {
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

TEST(Weights, TheFilterHasOneWeightCalledPhi) {
  const std::string text = FormatWeights(
      {{0, kThresholdKey, "threshold", {0, -2.5f}}, {1, 9, "x", {}}}, {});
  EXPECT_EQ(text, "0\t00000001\tthreshold\tphi:-2.500\n1\t00000009\tx\n");
  const auto weights = ParseWeights(text, "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  EXPECT_FLOAT_EQ(weights->filter_threshold, -2.5f);
}

// Random rows: pass 0 has one weight, the others have one a group.
std::vector<WeightRow> RandomRows(std::mt19937* random, std::size_t count) {
  std::vector<WeightRow> rows;
  std::set<std::uint32_t> used = {0, kThresholdKey};
  while (rows.size() < count) {
    WeightRow row;
    row.pass = static_cast<int>(rows.size() % 4);
    row.key = static_cast<std::uint32_t>((*random)());
    if (!used.insert(row.key).second) continue;
    row.name = Concat({"f", std::to_string(rows.size())});
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      const auto thousandths = static_cast<int>((*random)() % 8001) - 4000;
      if (row.pass == 0 && g != 1) continue;
      if ((*random)() % 2 == 0) continue;
      row.weights[g] = static_cast<float>(thousandths) / 1000;
    }
    rows.push_back(row);
  }
  return rows;
}

TEST(Weights, WhatIsWrittenIsRead) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::vector<WeightRow> rows = RandomRows(&random, 5000);
  const auto weights = ParseWeights(FormatWeights(rows, {"x"}), "w.tsv");
  ASSERT_TRUE(weights.ok()) << weights.status();
  const WeightTable* tables[] = {&weights->filter, &weights->words,
                                 &weights->whole, &weights->document};
  for (const WeightRow& row : rows) {
    const WeightTable& table = *tables[row.pass];
    const GroupScores read = RowOf(table, row.key);
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      EXPECT_NEAR(read[g], row.weights[g], 0.5 / 256 + 1e-6) << row.name;
    }
  }
}

// Against the loop it stands for, with ties and zeros.
TEST(Likeliest, IsTheFirstOfTheHighestButNone) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20'000; ++round) {
    GroupScores p;
    for (float& x : p) {
      x = static_cast<float>(random() % (round % 2 == 0 ? 4 : 1000)) / 1000;
    }
    const auto best = std::max_element(p.begin() + 1, p.end());
    ASSERT_EQ(Likeliest(p), static_cast<std::size_t>(best - p.begin()))
        << "seed " << kSeed << ", round " << round;
  }
}

}  // namespace
}  // namespace phiwire
