// SPDX-License-Identifier: Apache-2.0

#include "base/calendar.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

TEST(Calendar, KnowsLeapYears) {
  EXPECT_TRUE(IsLeapYear(2000));
  EXPECT_TRUE(IsLeapYear(2024));
  EXPECT_FALSE(IsLeapYear(1900));
  EXPECT_FALSE(IsLeapYear(2023));
  EXPECT_TRUE(IsDate(2000, 2, 29));
  EXPECT_FALSE(IsDate(1900, 2, 29));
  EXPECT_EQ(DaysInMonth(2023, 13), 0);
  EXPECT_TRUE(IsMonthDay(2, 29));
  EXPECT_FALSE(IsMonthDay(2, 30));
}

// Every day of 1600 to 2400 once, there and back, one after the other.
TEST(Calendar, CountsEveryDayOnce) {
  std::int64_t expected = DaysFromCivil({1600, 1, 1});
  for (int year = 1600; year <= 2400; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= DaysInMonth(year, month); ++day) {
        const CivilDate date{year, month, day};
        ASSERT_EQ(DaysFromCivil(date), expected);
        ASSERT_EQ(CivilFromDays(expected), date);
        ++expected;
      }
    }
  }
  EXPECT_EQ(DaysFromCivil({1970, 1, 1}), 0);
  EXPECT_EQ(DaysFromCivil({2000, 3, 1}), 11017);
}

struct Row {
  std::string text;
  DateOrder order;
  CivilDate date;  // all 0: none
};

TEST(Calendar, ReadsNumericDates) {
  constexpr DateOrder kM = DateOrder::kMonthFirst;
  constexpr DateOrder kD = DateOrder::kDayFirst;
  const std::vector<Row> rows = {
      {"3/14/21", kM, {2021, 3, 14}},
      {"3/4/21", kM, {2021, 3, 4}},
      {"3/4/21", kD, {2021, 4, 3}},
      {"14/3/21", kM, {2021, 3, 14}},
      {"3/14/21", kD, {2021, 3, 14}},
      {"03-14-1949", kM, {1949, 3, 14}},
      {"14.03.50", kD, {1950, 3, 14}},
      {"14.03.49", kD, {2049, 3, 14}},
      {"2021-03-14", kD, {2021, 3, 14}},
      {"2021/3/4", kM, {2021, 3, 4}},
      {"01 02 1980", kM, {1980, 1, 2}},
      {"3 / 14 / 2021", kM, {2021, 3, 14}},
      {"2/29/2020", kM, {2020, 2, 29}},
      {"2/29/2021", kM, {}},
      {"13/13/2021", kM, {}},
      {"3/14-21", kM, {}},
      {"3/14", kM, {}},
      {"3/14/21/9", kM, {}},
      {"2021-13-14", kM, {}},
      {"3/14/211", kM, {}},
      {"", kM, {}},
      {"a/b/c", kM, {}},
      {"3//14/21", kM, {}},
      {"0999-01-01", kM, {}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ParseNumericDate(row.text, row.order).value_or(CivilDate{}),
              row.date)
        << row.text;
  }
}

TEST(Calendar, ReadsCompactDates) {
  const std::vector<Row> rows = {
      {"20210314", {}, {2021, 3, 14}},
      {"202103140830", {}, {2021, 3, 14}},
      {"20210314083059", {}, {2021, 3, 14}},
      {"20210314246000", {}, {}},
      {"20210314236060", {}, {}},
      {"210314", {}, {2021, 3, 14}},
      {"031421", {}, {2021, 3, 14}},
      {"311299", {}, {1999, 12, 31}},
      {"20211314", {}, {}},
      {"2021031", {}, {}},
      {"2021a314", {}, {}},
      {"", {}, {}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ParseCompactDate(row.text).value_or(CivilDate{}), row.date)
        << row.text;
  }
}

TEST(Calendar, KnowsMonthsByName) {
  EXPECT_EQ(MonthOfName("January"), 1);
  EXPECT_EQ(MonthOfName("SEPT"), 9);
  EXPECT_EQ(MonthOfName("sep"), 9);
  EXPECT_EQ(MonthOfName("dec"), 12);
  EXPECT_EQ(MonthOfName("may"), 5);
  EXPECT_EQ(MonthOfName("ma"), 0);
  EXPECT_EQ(MonthOfName("marc"), 0);
  EXPECT_EQ(MonthOfName("mayo"), 0);
}

}  // namespace
}  // namespace phiwire
