// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/slot.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/zip3.h"

namespace phiwire {
namespace {

constexpr int kYear = 2024;

struct Row {
  std::string_view in;
  std::string_view out;
};

TEST(Slot, DatesBecomeTheirYear) {
  constexpr Row kRows[] = {
      {"1980", "1980"},
      {"198001", "1980"},
      {"19800131", "1980"},
      {"20240229", "2024"},
      {"1980013123", "1980"},
      {"198001312359", "1980"},
      {"19800131235960", "1980"},
      {"19800131235959.1", "1980"},
      {"19800131235959.1234-0500", "1980"},
      {"19800131+0100", "1980"},
      {"1935", "1935"},  // 89 at most
      {"19350101", "1935"},
      {"1934", ""},  // may be 90
      {"19341231", ""},
      {"1899", ""},
      {"0000", ""},
      {"2031", "2031"},
      {"", ""},
      {"198", ""},
      {"19801", ""},
      {"19801301", ""},
      {"19800230", ""},
      {"20230229", ""},
      {"19800131xx", ""},
      {"1980013124", ""},
      {"198001312360", ""},
      {"1980-01-31", ""},
      {"01/31/1980", ""},
      {"19800131.5", ""},
      {"19800131235959.", ""},
      {"19800131235959.12345", ""},
      {"19800131+01", ""},
      {"19800131+01000", ""},
      {"1980 ", ""},
      {"198001312359590", ""},
      {"John", ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(HarborYear(row.in, kYear), row.out) << row.in;
  }
}

TEST(Slot, ZipsBecomeThreeDigits) {
  constexpr Row kRows[] = {
      {"02139", "021"},
      {"02139-4307", "021"},
      {"021394307", "021"},
      {"02139 4307", "021"},
      {" 02139 ", "021"},
      {"021", "021"},
      {"03601", "000"},
      {"036", "000"},
      {"00000", "000"},
      {"20301-0001", "000"},
      {"89301", "000"},
      {"06301", "000"},
      {"", ""},
      {"K1A 0B1", ""},
      {"SW1A 1AA", ""},
      {"2139", ""},
      {"021394", ""},
      {"02139-430", ""},
      {"0213x", ""},
      {"-2139", ""},
      {"02139+4307", ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(HarborZip(row.in), row.out) << row.in;
  }
}

TEST(Slot, RestrictedPrefixesAreTheTables) {
  std::ifstream table(PHIWIRE_SOURCE_DIR "/data/zip3_restricted.csv");
  ASSERT_TRUE(table.is_open());
  std::size_t row = 0;
  std::string line;
  while (std::getline(table, line)) {
    if (line.starts_with("#") || line.starts_with("zip3")) continue;
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    ASSERT_GE(cells.size(), 6U);
    ASSERT_LT(row, kRestrictedZip3.size());
    const RestrictedZip3& ours = kRestrictedZip3[row++];
    EXPECT_EQ(ours.prefix, cells[0]);
    EXPECT_EQ(ours.in_2000, cells[1] == "Y") << cells[0];
    EXPECT_EQ(ours.in_2020, cells[5] == "Y") << cells[0];
    EXPECT_EQ(HarborZip(cells[0] + "01"), "000");
    EXPECT_EQ(HarborZip(cells[0] + "01", ZipList::k2000),
              ours.in_2000 ? "000" : cells[0]);
    EXPECT_EQ(HarborZip(cells[0] + "01", ZipList::k2020),
              ours.in_2020 ? "000" : cells[0]);
  }
  EXPECT_EQ(row, kRestrictedZip3.size());
}

TEST(Slot, IdentifiersBecomeAFixedToken) {
  constexpr Row kRows[] = {
      {"1", "0000000000"},
      {"123-45-6789", "0000000000"},
      {"(617)555-0123", "0000000000"},
      {"A1", "XXXXXXXXXX"},
      {"jdoe@example.org", "XXXXXXXXXX"},
      {"\xC3\xA9", "XXXXXXXXXX"},
      {"-", "XXXXXXXXXX"},
      {"", ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(HarborIdentifier(row.in), row.out) << row.in;
  }
}

TEST(Slot, FreeTextAndNamesAreLeftToTheAnonymizer) {
  const SlotOptions options{kYear};
  for (SlotGrammar grammar : {SlotGrammar::kFreeText, SlotGrammar::kName}) {
    EXPECT_FALSE(
        HarborForm({PhiType::kName, grammar, "x"}, options).has_value());
  }
  EXPECT_EQ(HarborForm({PhiType::kId, SlotGrammar::kEmpty, "x"}, options), "");
}

TEST(Slot, NowIsThisCentury) {
  EXPECT_GT(SlotOptions::Now().reference_year, 2020);
  EXPECT_LT(SlotOptions::Now().reference_year, 2200);
}

// Random slots of the grammars' own alphabets: the form is a fixed point and
// holds no more of the value than its rule lets stay.
TEST(Slot, FormsAreFixedPoints) {
  constexpr std::string_view kAlphabet = "0123456789+-. ABz";
  constexpr unsigned kSeed = 20240601;
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> size(0, 20);
  std::uniform_int_distribution<std::size_t> pick(0, kAlphabet.size() - 1);
  for (int i = 0; i < 20000; ++i) {
    std::string value;
    for (std::size_t n = size(random); n > 0; --n)
      value += kAlphabet[pick(random)];
    for (auto grammar : {SlotGrammar::kHl7Date, SlotGrammar::kIdentifier,
                         SlotGrammar::kZip, SlotGrammar::kEmpty}) {
      const SlotOptions options{kYear};
      const std::string once =
          *HarborForm({PhiType::kId, grammar, value}, options);
      ASSERT_EQ(*HarborForm({PhiType::kId, grammar, once}, options), once)
          << "seed " << kSeed << " round " << i;
      const std::size_t most = grammar == SlotGrammar::kIdentifier ? 10 : 4;
      ASSERT_LE(once.size(), most);
    }
  }
}

}  // namespace
}  // namespace phiwire
