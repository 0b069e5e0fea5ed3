// SPDX-License-Identifier: Apache-2.0

#include "rules/known_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/edit_distance.h"
#include "rules/value_words.h"
#include "tests/rules/known_matches.h"

namespace phiwire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Telling = KnownValueIndex::Telling;

class KnownValuesTest : public KnownMatches {};

struct ValueRow {
  std::string_view value;
  PhiType type;
  std::string_view text;
  std::vector<std::string> found;
};

TEST_F(KnownValuesTest, Rows) {
  const ValueRow rows[] = {
      {"BUSHQ",
       PhiType::kName,
       "seen by Bushq, and bushq's",
       {"NAME Bushq", "NAME bushq"}},
      {"Doe John", PhiType::kName, "DOE^JOHN here", {"NAME DOE^JOHN"}},
      {"Doe John", PhiType::kName, "Doe saw John", {}},
      {"Will", PhiType::kName, "Will says he will", {"NAME Will"}},
      {"Reading", PhiType::kCity, "reading in Reading", {"CITY Reading"}},
      {"Jose\u0301", PhiType::kName, "JOSE came", {"NAME JOSE"}},
      {"O\u2019Brien", PhiType::kName, "o'brien came", {"NAME o'brien"}},
      {"A", PhiType::kName, "A cough", {}},
      {"123", PhiType::kId, "123 mg", {}},
      {"1234", PhiType::kId, "no 1234", {"ID 1234"}},
      {"555-201-3344",
       PhiType::kPhone,
       "call (555) 201-3344",
       {"PHONE 555) 201-3344"}},
      {"555-201-3344", PhiType::kPhone, "call 555 201", {}},
  };
  for (const ValueRow& row : rows) {
    const KnownValueIndex index(
        std::vector<KnownValue>{{std::string(row.value), row.type}});
    EXPECT_EQ(In(index, row.text), row.found)
        << row.value << " in " << row.text;
  }
}

TEST_F(KnownValuesTest, TheLongerValueWins) {
  const KnownValueIndex index(
      std::vector<KnownValue>{{"Oak", PhiType::kName},
                              {"Oak Hill", PhiType::kCity},
                              {"Oak Hill Clinic", PhiType::kFacility}});
  EXPECT_THAT(In(index, "Oak Hill Clinic, Oak Hill, Oak, Oak Park"),
              ElementsAre("FACILITY Oak Hill Clinic", "CITY Oak Hill",
                          "NAME Oak", "NAME Oak"));
}

// Random values of one to four of five words in random texts of them, against a
// search of every value at every word.
TEST_F(KnownValuesTest, FindsWhatASearchOfAllFinds) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  constexpr std::string_view kWords[] = {"Oak", "Hill", "West", "Elm", "Bay"};
  const auto some = [&](std::size_t most) {
    std::vector<std::string_view> words(1 + random() % most);
    for (std::string_view& word : words) word = kWords[random() % 5];
    return words;
  };
  const auto joined = [](std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words) {
      if (!out.empty()) out += ' ';
      out += word;
    }
    return out;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<KnownValue> values;
    for (std::size_t i = 1 + random() % 12; i > 0; --i) {
      values.push_back({joined(some(4)), PhiType::kStreet});
    }
    const auto text = some(30);
    std::vector<std::string> expected;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t length = std::min<std::size_t>(4, text.size() - at);
      const auto here = [&] {
        return joined(std::span(text).subspan(at, length));
      };
      while (length > 0 && std::ranges::none_of(values, [&](const auto& v) {
               return v.value == here();
             })) {
        --length;
      }
      if (length > 0) expected.push_back("STREET " + here());
      at += std::max<std::size_t>(length, 1);
    }
    const KnownValueIndex index(values, Telling::kAlways);
    EXPECT_EQ(In(index, joined(text)), expected) << joined(text);
  }
}

TEST_F(KnownValuesTest, ManyValuesWithOneFirstWord) {
  std::vector<KnownValue> values;
  for (int i = 0; i < 5000; ++i) {
    values.push_back({"12 Street" + std::to_string(i), PhiType::kStreet});
  }
  const KnownValueIndex index(values);
  EXPECT_THAT(In(index, "12 street4321 and 12 Street5000"),
              ElementsAre("STREET 12 street4321"));
}

// In whatever order they come; of equal ones the first says the type.
TEST_F(KnownValuesTest, EqualValuesCountOnce) {
  const KnownValueIndex index(
      std::vector<KnownValue>{{"Oak Hill West", PhiType::kFacility},
                              {"oak hill", PhiType::kCity},
                              {"Oak Hill", PhiType::kName},
                              {"Oak Hill East", PhiType::kStreet},
                              {"OAK", PhiType::kName},
                              {"Oak, Hill", PhiType::kStreet},
                              {"Oak", PhiType::kCity}});
  EXPECT_THAT(
      In(index, "Oak Hill, Oak, Oak Hill East, Oak Hill West, Oak Hill North"),
      ElementsAre("CITY Oak Hill", "NAME Oak", "STREET Oak Hill East",
                  "FACILITY Oak Hill West", "CITY Oak Hill"));
}

TEST_F(KnownValuesTest, ADenyListTakesEveryWord) {
  const std::vector<KnownValue> values = {{"7", PhiType::kId},
                                          {"will", PhiType::kName}};
  EXPECT_THAT(In(KnownValueIndex(values), "bed 7 he will"), IsEmpty());
  EXPECT_THAT(In(KnownValueIndex(values, Telling::kAlways), "bed 7 he will"),
              ElementsAre("ID 7", "NAME will"));
}

TEST_F(KnownValuesTest, EmptyIndexFindsNothing) {
  const KnownValueIndex index(std::vector<KnownValue>{{"--", PhiType::kId}});
  EXPECT_TRUE(index.empty());
  EXPECT_THAT(In(index, "-- a"), IsEmpty());
}

TEST(SplitWords, CutsAsTheTokeniserDoes) {
  EXPECT_THAT(SplitWords("O'Brien-Roe's 12B"),
              ElementsAre("o'brien", "roe", "s", "12b"));
  EXPECT_THAT(SplitWords("Jos\u00e9 \u2013 Ana"), ElementsAre("jose", "ana"));
  EXPECT_THAT(SplitWords("a\xFFz"), IsEmpty());
}

struct EditRow {
  std::string_view a, b;
  int distance;
};

TEST(WithinEdits, Rows) {
  const EditRow rows[] = {
      {"smith", "smith", 0},
      {"smith", "smiht", 1},
      {"smith", "smyth", 1},
      {"smith", "smit", 1},
      {"smith", "smithe", 1},
      {"smith", "msiht", 2},
      {"johnson", "jonson", 1},
      {"johnson", "jonsen", 2},
      {"ca", "abc", 3},  // optimal string alignment, not full Damerau
      {"", "ab", 2},
  };
  for (const EditRow& row : rows) {
    for (int most = 0; most <= 3; ++most) {
      EXPECT_EQ(WithinEdits(row.a, row.b, most), row.distance <= most)
          << row.a << " " << row.b << " " << most;
      EXPECT_EQ(WithinEdits(row.b, row.a, most), row.distance <= most);
    }
  }
}

}  // namespace
}  // namespace phiwire
