// SPDX-License-Identifier: Apache-2.0

#include "base/lexicon.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/fold.h"

namespace phiwire {
namespace {

const char kBuilt[] = PHIWIRE_TEST_DATA_DIR "/lexicon.bin";

LexEntry Look(const Lexicon& lexicon, std::string_view word) {
  const std::string folded = Folded(word);
  return lexicon.Find(HashWord(folded),
                      static_cast<std::uint8_t>(folded.size()));
}

class LexiconTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Lexicon::Open(kBuilt);
    ASSERT_TRUE(opened.ok()) << opened.status().ToString();
    lexicon_.push_back(*std::move(opened));
  }
  LexEntry Find(std::string_view word) const {
    return Look(lexicon_.front(), word);
  }
  std::vector<Lexicon> lexicon_;  // holds one; Lexicon cannot be made empty
};

TEST_F(LexiconTest, KnowsWordsByTheirFlags) {
  struct Row {
    const char* word;
    unsigned with;
    unsigned without;
  };
  constexpr Row kRows[] = {
      {"John", kLexMale, kLexFemale | kLexDrug | kLexStop},
      {"MARY", kLexFemale, kLexMale | kLexMedical},
      {"Parkinson", kLexEponym, kLexDictionary},
      {"Alzheimer", kLexEponym, kLexDrug},
      {"lisinopril", kLexDrug, kLexEponym | kLexMale | kLexFemale},
      {"Eliquis", kLexDrug, kLexDictionary},
      {"diabetes", kLexDictionary | kLexMedical, kLexDrug},
      {"the", kLexStop, kLexDrug | kLexCityWord | kLexHospitalWord},
      {"Ohio", kLexState, kLexCountry},
      {"tx", kLexState, kLexCountry | kLexDrug},
      {"Canada", kLexCountry, kLexState},
      {"Maricopa", kLexCounty, kLexState},
      {"Angeles", kLexCityWord | kLexCounty, kLexWorldCity},
      {"Kyoto", kLexWorldCity, kLexCounty},
      {"presbyterian", kLexHospitalWord, kLexDrug},
      {"of", kLexStop, kLexHospitalWord | kLexCityWord | kLexCounty},
  };
  for (const Row& row : kRows) {
    const unsigned flags = Find(row.word).flags;
    EXPECT_EQ(flags & row.with, row.with) << row.word;
    EXPECT_EQ(flags & row.without, 0u) << row.word;
  }
}

TEST_F(LexiconTest, KnowsHowFrequentWordsAre) {
  const LexEntry john = Find("John");
  EXPECT_GE(john.first, 13);  // 3.1 million bearers: 1 + 2 * 6.5
  EXPECT_GT(john.last, 0);
  EXPECT_LT(john.last, john.first);
  EXPECT_EQ(Find("smith").last, 14);  // 2.4 million
  EXPECT_EQ(Find("smith").zipf, 10);
  EXPECT_EQ(Find("the").zipf, 15);  // Zipf 7.73
  EXPECT_GE(Find("Springfield").city, 11);
  EXPECT_EQ(Find("lisinopril").last, 0);
  EXPECT_GE(Find("hospital").hospital, 8);
  EXPECT_GT(Find("fracture").medical, Find("smallpox").medical);
}

TEST_F(LexiconTest, FindsNamesWithApostrophesAndAccents) {
  EXPECT_EQ(Find("O'Brien").last, Find("Obrien").last);
  EXPECT_GE(Find("O'Brien").last, 11);
  EXPECT_EQ(Find("O\u2019Brien").last, Find("O'Brien").last);
  EXPECT_GE(Find("D'Angelo").last, 8);
  EXPECT_GE(Find("De'Andre").first, 8);
  EXPECT_GE(Find("Jos\u00e9").first, 12);
  EXPECT_GE(Find("Nguy\u1ec5n").last, 11);
  EXPECT_TRUE(Find("Z\u00fcrich").flags & kLexWorldCity);
}

TEST_F(LexiconTest, DoesNotKnowAbsentWords) {
  for (const char* word : {"", "xqzjvw", "zzzzqqqq", "12345678", "qwxzkj'v"}) {
    const LexEntry entry = Find(word);
    EXPECT_EQ(entry.flags, 0) << word;
    EXPECT_EQ(entry.first + entry.last + entry.zipf + entry.city +
                  entry.hospital + entry.medical,
              0)
        << word;
  }
  // The length is the second check: the hash alone is not enough.
  EXPECT_EQ(lexicon_.front().Find(HashWord("smith"), 6).last, 0);
}

TEST_F(LexiconTest, TakesFewAbsentWordsForPresentOnes) {
  int found = 0;
  for (int i = 0; i < 100000; ++i) {
    // Ten characters that no word of the tables has.
    const std::string word = "q7" + std::to_string(10000000 + i);
    const LexEntry e = lexicon_.front().Find(HashWord(word), 10);
    found += e.flags + e.first + e.last + e.zipf > 0;
  }
  EXPECT_LE(found, 20);  // the header promises about one in 10^4
}

TEST_F(LexiconTest, IsFoundByManyThreadsAndSurvivesMoves) {
  const Lexicon lexicon = std::move(lexicon_.front());
  EXPECT_GT(lexicon.size(), 300000u);
  std::array<int, 4> hits{};
  std::vector<std::thread> threads;
  for (int& hit : hits) {
    threads.emplace_back([&lexicon, &hit] {
      for (int i = 0; i < 1000; ++i) hit += Look(lexicon, "Smith").last == 14;
    });
  }
  for (std::thread& t : threads) t.join();
  for (int hit : hits) EXPECT_EQ(hit, 1000);
}

class LexiconFile : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream in(kBuilt, std::ios::binary);
    good_.assign(std::istreambuf_iterator<char>(in), {});
    ASSERT_GT(good_.size(), 64u);
    path_ = testing::TempDir() + "lexicon_test_" + std::to_string(::getpid()) +
            ".bin";
  }
  void TearDown() override { std::filesystem::remove(path_); }
  absl::StatusCode OpenBytes(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return Lexicon::Open(path_).status().code();
  }
  std::string good_;
  std::string path_;
};

TEST_F(LexiconFile, MissingIsNotFound) {
  EXPECT_EQ(Lexicon::Open(path_).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Lexicon::Open(testing::TempDir()).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Lexicon::Open("").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(LexiconFile, OpensWhatIsWhole) {
  EXPECT_EQ(OpenBytes(good_), absl::StatusCode::kOk);
}

TEST_F(LexiconFile, RefusesAnyFlippedBit) {
  // Header fields, then the body at both ends and in between.
  const std::size_t kAt[] = {0,
                             8,
                             12,
                             20,
                             24,
                             31,
                             32,
                             39,
                             64,
                             65,
                             80,
                             good_.size() / 2,
                             good_.size() - 1};
  for (std::size_t at : kAt) {
    std::string damaged = good_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_EQ(OpenBytes(damaged), absl::StatusCode::kDataLoss) << at;
  }
}

TEST_F(LexiconFile, RefusesOtherSizes) {
  const std::string_view whole = good_;
  for (std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{63},
                           std::size_t{64}, std::size_t{80}, good_.size() / 2,
                           good_.size() - 16, good_.size() - 1}) {
    EXPECT_EQ(OpenBytes(whole.substr(0, size)), absl::StatusCode::kDataLoss)
        << size;
  }
  EXPECT_EQ(OpenBytes(good_ + std::string(16, '\0')),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace phiwire
