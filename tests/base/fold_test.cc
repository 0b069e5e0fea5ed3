// SPDX-License-Identifier: Apache-2.0

#include "base/fold.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/lexicon.h"

namespace phiwire {
namespace {

TEST(Fold, LowersAndRemovesAccents) {
  struct Row {
    const char* word;
    const char* folded;
  };
  constexpr Row kRows[] = {
      {"", ""},
      {"patient", "patient"},
      {"SMITH", "smith"},
      {"McDonald", "mcdonald"},
      {"A1C", "a1c"},
      {"@[`{", "@[`{"},
      {"O'Brien", "o'brien"},
      {"O\u2019Brien", "o'brien"},
      {"O\u2018Brien", "o'brien"},
      {"O\u02bcBrien", "o'brien"},
      {"O\uff07Brien", "o'brien"},
      {"Jos\u00e9", "jose"},
      {"JOS\u00c9", "jose"},
      {"Jose\u0301", "jose"},
      {"Mu\u00f1oz", "munoz"},
      {"Gru\u00df", "gruss"},
      {"M\u00fcller", "muller"},
      {"\u00c6gir", "aegir"},
      {"S\u00f8rensen", "sorensen"},
      {"\u0141\u00f3d\u017a", "lodz"},
      {"\u0110or\u0111evi\u0107", "dordevic"},
      {"\u00deor", "thor"},
      {"\u0130stanbul", "istanbul"},
      {"Yal\u0131n", "yalin"},
      {"Nguy\u1ec5n", "nguyen"},
      {"B\u1ebfn", "ben"},
      {"Kane\u02bbohe", "kane'ohe"},
      {"\u0152uvre", "oeuvre"},
      {"Beh\u00e7et", "behcet"},
      // Other scripts keep their letters and lose their case.
      {"\u0418\u0432\u0430\u043d", "\u0438\u0432\u0430\u043d"},
      {"\u0391\u03b8\u03ae\u03bd\u03b1", "\u03b1\u03b8\u03ae\u03bd\u03b1"},
      {"\u674e\u660e", "\u674e\u660e"},
      {"\U00010400", "\U00010428"},
      // No UTF-8: copied.
      {"a\xff\xfe", "a\xff\xfe"},
      {"\xc3", "\xc3"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Folded(row.word), row.folded) << row.word;
  }
}

TEST(Fold, CutsBetweenLettersAndStaysInside) {
  const std::string_view word = "A\u00c6\u0418z";  // "aae", two bytes, "z"
  const std::string whole = Folded(word);
  EXPECT_EQ(whole, "aae\u0438z");
  const std::size_t kWritten[] = {0, 1, 1, 3, 3, 5, 6};
  for (std::size_t size = 0; size < std::size(kWritten); ++size) {
    std::array<char, 8> out;
    out.fill('#');
    const std::size_t n = FoldWord(word, std::span(out.data(), size));
    EXPECT_EQ(n, kWritten[size]) << size;
    EXPECT_EQ(std::string_view(out.data(), n), whole.substr(0, n));
    for (std::size_t i = size; i < out.size(); ++i) EXPECT_EQ(out[i], '#');
  }
}

TEST(Fold, AnyBytesFitTwiceTheirLengthAndFoldToAFixedPoint) {
  constexpr unsigned kSeed = 20240607;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20000; ++round) {
    std::string word(random() % 24, '\0');
    for (char& c : word) c = static_cast<char>(random());
    const std::string once = Folded(word);
    ASSERT_LE(once.size(), 2 * word.size()) << "seed " << kSeed;
    if (word.find_first_of("\xcd\xcc") != std::string::npos) continue;
    std::string roomy(4 * word.size() + 8, '\0');
    roomy.resize(FoldWord(word, roomy));
    ASSERT_EQ(roomy, once) << "cut short, seed " << kSeed << " " << round;
  }
}

// tools/build_lexicon.py stores only words that fold to ASCII; each accented
// name of the source tables, folded here, has to be found there.
TEST(Fold, AgreesWithTheBuilderOnAccentedWordsOfTheTables) {
  auto lexicon = Lexicon::Open(PHIWIRE_TEST_DATA_DIR "/lexicon.bin");
  ASSERT_TRUE(lexicon.ok()) << lexicon.status().ToString();
  std::set<std::string> checked;
  for (const char* table : {"world_cities.tsv", "us_cities.tsv",
                            "english_frequency.tsv", "eponyms.tsv"}) {
    std::ifstream in(std::string(PHIWIRE_SOURCE_DIR "/data/lexicon/") + table);
    ASSERT_TRUE(in) << table;
    for (std::string line; std::getline(in, line);) {
      const std::string name = line.substr(0, line.find('\t'));
      const bool ascii = name.find_first_of("\xc3\xc4\xc5\xe1") == name.npos;
      if (ascii || name.find_first_of(" -.,()/'\u2018\u2019\u02bb") !=
                       std::string::npos) {
        continue;
      }
      const std::string folded = Folded(name);
      const LexEntry e = lexicon->Find(
          HashWord(folded), static_cast<std::uint8_t>(folded.size()));
      EXPECT_TRUE(e.flags != 0 || e.zipf != 0 || e.city != 0) << table << name;
      for (char c : folded) {
        EXPECT_LT(static_cast<unsigned char>(c), 0x80u) << table << name;
      }
      checked.insert(folded);
    }
  }
  EXPECT_GT(checked.size(), 500u);
}

}  // namespace
}  // namespace phiwire
