// SPDX-License-Identifier: Apache-2.0
//
// cases/person_names.tsv: a written name, its normal key, its fake in the same
// written form ("-" for "does not matter").

#include "anonymizers/person_name.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {
namespace {

std::vector<std::string> Cells(std::string line) {
  std::vector<std::string> cells;
  for (std::size_t at; (at = line.find('\t')) != std::string::npos;) {
    cells.push_back(line.substr(0, at));
    line.erase(0, at + 1);
  }
  cells.push_back(line);
  return cells;
}

const FakeName kFake = {"Keller", "Hughes", "Peter", {"Alan", "Mark", "Simon"}};

TEST(PersonName, RowsOfCases) {
  std::ifstream rows(PHIWIRE_SOURCE_DIR
                     "/tests/anonymizers/cases/person_names.tsv");
  ASSERT_TRUE(rows.is_open());
  std::string line;
  int count = 0;
  while (std::getline(rows, line)) {
    if (line.empty() || line.starts_with("#")) continue;
    const std::vector<std::string> cells = Cells(line);
    ASSERT_EQ(cells.size(), 3u) << line;
    const WrittenName name = ParseName(cells[0]);
    EXPECT_EQ(NormalKey(name.parts), cells[1]) << line;
    EXPECT_EQ(PrintName(name, kFake), cells[2]) << line;
    ++count;
  }
  EXPECT_GE(count, 50);
}

TEST(PersonName, AWordCutByTheEndOfALineIsOne) {
  const WrittenName name = ParseName("Ada Win-\r\nston");
  EXPECT_EQ(NormalKey(name.parts), "win ston|ada");
  EXPECT_EQ(PrintName(name, kFake), "Peter Keller-Hughes");
}

struct PartRow {
  std::string_view surface;
  NamePart part;
  std::string_view key, printed;
};

TEST(PersonName, LeavesOfANameAreOnePart) {
  constexpr PartRow kRows[] = {
      {"DOE", NamePart::kFamily, "doe|", "KELLER"},
      {"VAN DER BERG", NamePart::kFamily, "van der berg|", "KELLER"},
      {"DOE JR", NamePart::kFamily, "doe|", "KELLER JR"},
      {"GRACE", NamePart::kFamily, "grace|", "KELLER"},
      {"JOHN", NamePart::kGiven, "|john", "PETER"},
      {"WEI JIE", NamePart::kGiven, "|wei", "PETER ALAN"},
      {"JOHN Q", NamePart::kGiven, "|john", "PETER A"},
      {"DOE", NamePart::kGiven, "|doe", "PETER"},
      {"Q", NamePart::kMiddle, "|", "A"},
      {"MD", NamePart::kAffix, "|", "MD"},
      {"Dr.", NamePart::kAffix, "|", "Dr."},
      {"JR", NamePart::kAffix, "|", "JR"},
      {"Doe", NamePart::kAffix, "|", "Alan"},
      {"Dr. John Doe", NamePart::kWhole, "doe|john", "Dr. Peter Keller"},
  };
  for (const PartRow& row : kRows) {
    const WrittenName name = ParseNamePart(row.surface, row.part);
    EXPECT_EQ(NormalKey(name.parts), row.key) << row.surface;
    EXPECT_EQ(PrintName(name, kFake), row.printed) << row.surface;
  }
}

TEST(PersonName, WritesInTheCasingOfAnother) {
  struct Row {
    std::string_view text, like, out;
  };
  constexpr Row kRows[] = {
      {"Keller", "DOE", "KELLER"},
      {"Keller", "doe", "keller"},
      {"Keller", "Doe", "Keller"},
      {"Keller", "McDoe", "Keller"},
      {"K", "j", "k"},
      {"Keller", "123", "Keller"},
  };
  for (const Row& row : kRows) {
    std::string out;
    AppendLike(row.text, row.like, out);
    EXPECT_EQ(out, row.out);
  }
}

// Whatever the bytes: pieces cover the surface in order, what is printed as it
// stands holds no letter or digit but of the known words, and an "'s".
TEST(PersonName, NothingOfANameIsPunctuation) {
  constexpr std::string_view kBits[] = {
      "John",         "DOE", "o'", "Brien", "-",  " ",
      ", ",           "^",   ".",  "van",   "J",  "\xC3\xA9",
      "\xE2\x80\x99", "'s",  "\"", "(",     ")",  "4",
      "\xFF",         "&",   "\n", "Dr",    "Jr", "MD",
      "\xC2\xA0",     "/"};
  constexpr unsigned kSeed = 5150;
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> pick(0, std::size(kBits) - 1);
  std::uniform_int_distribution<int> length(0, 40);
  for (int i = 0; i < 100000; ++i) {
    std::string surface;
    for (int n = length(random); n > 0; --n) surface += kBits[pick(random)];
    const WrittenName name = ParseName(surface);
    std::string joined;
    for (const NamePiece& piece : name.pieces()) {
      joined += piece.text;
      if (piece.role != NameRole::kLiteral) continue;
      const bool word =
          std::any_of(piece.text.begin(), piece.text.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                   (c >= 'a' && c <= 'z');
          });
      ASSERT_TRUE(!word || piece.text == "'s" || piece.text == "\xE2\x80\x99s")
          << "seed " << kSeed << " round " << i;
    }
    ASSERT_EQ(joined, surface) << "seed " << kSeed << " round " << i;
    PrintName(name, kFake);
  }
}

}  // namespace
}  // namespace phiwire
