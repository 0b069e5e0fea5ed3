// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/base32.h"
#include "base/keyed_hash.h"
#include "policy/attack/code_set.h"
#include "policy/attack/date_attack.h"
#include "policy/attack/hash_attack.h"
#include "policy/attack/id_space.h"
#include "policy/attack/table_risk.h"

namespace phiwire {
namespace {

std::string At(const IdSpace& space, std::uint64_t index) {
  std::string out;
  space.Write(index, &out);
  return out;
}

TEST(IdSpace, HoldsEverySsnThatMayBeAndNoOther) {
  const IdSpace ssn = IdSpace::Ssn();
  EXPECT_EQ(ssn.size(), 888931098U);
  EXPECT_EQ(At(ssn, 0), "001-01-0001");
  EXPECT_EQ(At(ssn, ssn.size() - 1), "899-99-9999");
  constexpr std::uint64_t kArea = 99 * 9999;
  EXPECT_EQ(At(ssn, 665 * kArea - 1), "665-99-9999");
  EXPECT_EQ(At(ssn, 665 * kArea), "667-01-0001");
  EXPECT_TRUE(ssn.IsLike("123-45-6789"));
  EXPECT_FALSE(ssn.IsLike("123456789"));
}

struct ShapeRow {
  std::string_view shape, range;
  std::uint64_t size;  // 0: refused
  std::string_view first, last;
};

TEST(IdSpace, CountsThroughShapes) {
  const ShapeRow rows[] = {
      {"###", "", 1000, "000", "999"}, {"MR-##", "", 100, "MR-00", "MR-99"},
      {"@#", "", 260, "A0", "Z9"},     {"####", "17-42", 26, "0017", "0042"},
      {"#-#", "5-5", 1, "0-5", "0-5"}, {"", "", 0, "", ""},
      {"MRN", "", 0, "", ""},          {"###################", "", 0, "", ""},
      {"##", "5-100", 0, "", ""},      {"##", "6-5", 0, "", ""},
      {"##", "-5", 0, "", ""},         {"##", "5-", 0, "", ""},
      {"##", "1-5x", 0, "", ""},       {"@#", "1-5", 0, "", ""},
      {"ssn", "1-5", 0, "", ""},
  };
  for (const ShapeRow& row : rows) {
    const auto space = IdSpace::FromShape(row.shape, row.range);
    ASSERT_EQ(space.ok(), row.size > 0) << row.shape << " " << row.range;
    if (row.size == 0) continue;
    EXPECT_EQ(space->size(), row.size) << row.shape;
    EXPECT_EQ(At(*space, 0), row.first);
    EXPECT_EQ(At(*space, row.size - 1), row.last);
    EXPECT_TRUE(space->IsLike(row.last));
  }
}

TEST(IdSpace, NamesEachOnce) {
  const auto space = IdSpace::FromShape("@-##");
  std::set<std::string> seen;
  for (std::uint64_t i = 0; i < space->size(); ++i) seen.insert(At(*space, i));
  EXPECT_EQ(seen.size(), space->size());
}

std::string Hex(const Digest& digest) {
  std::string out;
  for (const std::uint8_t byte : digest) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

TEST(CodeSet, KnowsADigestInEverySpelling) {
  const auto seed = std::random_device()();
  std::printf("seed %u\n", seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 200; ++round) {
    Digest digest{};
    for (auto& byte : digest) byte = static_cast<std::uint8_t>(random());
    Digest other = digest;
    other[2] ^= 1;
    const std::string spellings[] = {
        Hex(digest),
        Hex(digest).substr(0, 12),
        "0abc" + Hex(digest).substr(0, 20),
        Base32(digest),
        Base32(digest).substr(0, 10),
        "PK7A" + Base32(digest).substr(0, 16),
        DigitsOf(digest, 38),
        DigitsOf(digest, 15),
        "0471" + DigitsOf(digest, 16),
    };
    for (const std::string& code : spellings) {
      CodeSet codes;
      ASSERT_TRUE(codes.Add(code, 7)) << code;
      std::vector<std::uint32_t> found;
      codes.Match(other, &found);
      EXPECT_TRUE(found.empty()) << code;
      codes.Match(digest, &found);
      ASSERT_FALSE(found.empty()) << code;
      EXPECT_EQ(found.front(), 7U);
    }
  }
}

TEST(CodeSet, TakesNoShortCodesAndNoOtherTexts) {
  CodeSet codes;
  for (const std::string_view text :
       {"", "abc", "0123456789", "MR-4711", "abcdef12345", "AAAABBBB",
        "not a hash at all"}) {
    EXPECT_FALSE(codes.Add(text, 1)) << text;
  }
}

TEST(HashAttack, ThreadsAndPartsCountTheSame) {
  const auto space = IdSpace::FromShape("######");
  HashAttackOptions options;
  options.tries = 50000;
  for (const std::size_t threads : {1U, 3U}) {
    options.threads = threads;
    const auto result = AttackHashes(*space, {"DOE", "004711"}, options);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->tried, 50000U);
    EXPECT_EQ(result->control, 1000U);
    EXPECT_EQ(result->control_recovered, 1000U);
    EXPECT_EQ(result->codes, 0U);
    EXPECT_EQ(result->not_codes, 2U);
    EXPECT_EQ(result->alike, 1U);
  }
  options.digest = "crc32";
  EXPECT_FALSE(AttackHashes(*space, {}, options).ok());
}

TEST(HashAttack, ASmallSpaceHasASmallControl) {
  const auto space = IdSpace::FromShape("##");
  const auto result = AttackHashes(*space, {}, {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->control, 100U);
  EXPECT_EQ(result->control_recovered, 100U);
}

TEST(CodesIn, AreLongRunsWithADigit) {
  EXPECT_EQ(CodesIn("id=0123456789ab, CONSTIPATION; abc (PW7EAABCDEFG)."),
            (std::set<std::string>{"0123456789ab", "PW7EAABCDEFG"}));
  EXPECT_TRUE(CodesIn("").empty());
}

TEST(DateAttack, ReadsTheFormsThatDateShiftWrites) {
  DateAttack attack(DateOrder::kMonthFirst);
  for (const std::string date :
       {"3/4/2021", "2021-03-05", "March 6th, 2021", "20210307", "Mar 2021",
        "2021", "3/14-16/2021", "", "x"}) {
    attack.Add("a", date);
  }
  const DateAttack::Result result = attack.Finish();
  EXPECT_EQ(result.read, 4U);
  EXPECT_EQ(result.unread, 4U);
  // 4 March 2021 was a Thursday.
  EXPECT_EQ(result.weekdays, (std::array<std::size_t, 7>{1, 0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(result.fall_with_one, 3U);
}

TEST(DateAttack, OfNothingIsNothing) {
  const DateAttack::Result result = DateAttack(DateOrder::kDayFirst).Finish();
  EXPECT_EQ(result.days, 0U);
  EXPECT_FALSE(result.weekdays_uneven);
}

TEST(TableRisk, CellsAreNotJoinedIntoOneAnother) {
  const std::vector<std::string> a = {"1", "11", "1:1"};
  const std::vector<std::string> b = {"11", "1", ""};
  const std::vector<const std::vector<std::string>*> both = {&a, &b};
  EXPECT_EQ(AssessKAnonymity(both).classes, 3U);
}

TEST(TableRisk, EmptyCellsAreNoValues) {
  const std::vector<std::string> column = {"", "x", "x", "y", ""};
  const DomainRisk risk = AssessDomain(column);
  EXPECT_EQ(risk.rows, 3U);
  EXPECT_EQ(risk.distinct, 2U);
  EXPECT_FALSE(AssessDomain(std::vector<std::string>(4)).few);
}

}  // namespace
}  // namespace phiwire
