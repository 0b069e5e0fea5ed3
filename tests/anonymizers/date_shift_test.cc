// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/date_shift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "anonymizers/date_form.h"
#include "anonymizers/date_offset.h"
#include "anonymizers/holiday.h"
#include "anonymizers/number_words.h"
#include "base/calendar.h"

namespace phiwire {
namespace {

constexpr DateOrder kUs = DateOrder::kMonthFirst;

std::optional<std::string> Moved(const std::optional<WrittenDate>& written,
                                 std::int64_t days) {
  if (!written) return std::nullopt;
  const auto first = MovedBy(written->values.first, days);
  const auto last =
      written->range ? MovedBy(written->values.last, days) : DateValue{};
  if (!first || !last) return std::nullopt;
  std::string out;
  WriteDate(*written, {*first, *last}, &out);
  return out;
}

std::optional<std::string> Moved(std::string_view text, std::int64_t days) {
  std::string repaired;
  return Moved(ReadDisguisedDate(text, kUs, &repaired), days);
}

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\t') {
      cells.emplace_back();
    } else if (line.compare(i, 2, "\\n") == 0) {
      cells.back() += '\n';
      ++i;
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

TEST(DateForm, MovesAsTheTableSays) {
  std::ifstream table(PHIWIRE_SOURCE_DIR
                      "/tests/anonymizers/cases/date_shift.tsv");
  ASSERT_TRUE(table.is_open());
  std::size_t rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = Cells(line);
    ASSERT_GE(cells.size(), 3U) << line;
    ++rows;
    const int days = std::stoi(cells[1]);
    const std::string out = Moved(cells[0], days).value_or("-");
    EXPECT_EQ(out, cells[2]) << line;
    if (cells.size() > 3) {
      EXPECT_EQ(Moved(out, -days), cells[0]) << line;
    }
  }
  EXPECT_GT(rows, 150U);
}

// A form of one date, written by hand here so that reader and writer are both
// held to it.
struct Layout {
  std::string_view name;
  std::string (*write)(const CivilDate&);
};

std::string Two(int n) {
  return std::string(n < 10 ? "0" : "") + std::to_string(n);
}
std::string Month(const CivilDate& d, std::size_t size) {
  constexpr std::array<std::string_view, 12> kNames = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return std::string(
      kNames[static_cast<std::size_t>(d.month - 1)].substr(0, size));
}
std::string Suffixed(int day) {
  const bool teen = day > 10 && day < 14;
  const std::string_view suffix = teen            ? "th"
                                  : day % 10 == 1 ? "st"
                                  : day % 10 == 2 ? "nd"
                                  : day % 10 == 3 ? "rd"
                                                  : "th";
  return std::to_string(day) + std::string(suffix);
}
std::string Year(const CivilDate& d) { return std::to_string(d.year); }

// Forms that say all of themselves whatever the date: no number that may or
// may not have a zero, no "May" that may or may not be cut.
constexpr Layout kLayouts[] = {
    {"iso",
     [](const CivilDate& d) {
       return Year(d) + "-" + Two(d.month) + "-" + Two(d.day);
     }},
    {"instant",
     [](const CivilDate& d) {
       return Year(d) + "-" + Two(d.month) + "-" + Two(d.day) +
              "T08:30:00.250-05:00";
     }},
    {"us",
     [](const CivilDate& d) {
       return Two(d.month) + "/" + Two(d.day) + "/" + Year(d);
     }},
    {"us two digits",
     [](const CivilDate& d) {
       return std::to_string(d.month) + "/" + std::to_string(d.day) + "/" +
              Two(d.year % 100);
     }},
    {"compact",
     [](const CivilDate& d) { return Year(d) + Two(d.month) + Two(d.day); }},
    {"stamp",
     [](const CivilDate& d) {
       return Year(d) + Two(d.month) + Two(d.day) + "235959.5+0100";
     }},
    {"words",
     [](const CivilDate& d) {
       return Month(d, 9) + " " + std::to_string(d.day) + ", " + Year(d);
     }},
    {"ordinal",
     [](const CivilDate& d) {
       return "the " + Suffixed(d.day) + " of " + Month(d, 9) + ", " + Year(d);
     }},
    {"cut",
     [](const CivilDate& d) {
       return Two(d.day) + "-" + Month(d, 3) + "-" + Year(d);
     }},
    {"spoken",
     [](const CivilDate& d) {
       return Month(d, 9) + " " + OrdinalInWords(d.day, '-') + ", " +
              YearInWords(d.year, '-');
     }},
};

TEST(DateForm, WritesWhatItReads) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int64_t> day(
      DaysFromCivil({1951, 1, 1}), DaysFromCivil({2048, 12, 31}));
  for (int i = 0; i < 20'000; ++i) {
    const CivilDate date = CivilFromDays(day(random));
    const Layout& layout = kLayouts[random() % std::size(kLayouts)];
    const std::string text = layout.write(date);
    const auto written = ReadDate(text, kUs);
    ASSERT_TRUE(written) << layout.name << ": " << text;
    ASSERT_FALSE(written->range) << text;
    ASSERT_EQ(written->values.first.date, date) << layout.name << ": " << text;
    std::string out;
    WriteDate(*written, written->values, &out);
    ASSERT_EQ(out, text) << layout.name;
  }
}

TEST(DateForm, MovesThereAndBackExactlyInEveryForm) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int64_t> day(
      DaysFromCivil({1965, 1, 1}), DaysFromCivil({2034, 12, 31}));
  std::uniform_int_distribution<int> offset(-3650, 3650);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t from = day(random);
    const int days = offset(random);
    for (const Layout& layout : kLayouts) {
      const std::string text = layout.write(CivilFromDays(from));
      const auto out = Moved(text, days);
      ASSERT_EQ(out, layout.write(CivilFromDays(from + days)))
          << layout.name << ": " << text << " by " << days;
      ASSERT_EQ(Moved(*out, -days), text) << layout.name << " by " << days;
    }
  }
}

// Days between two dates of any two forms are the same before and after.
TEST(DateForm, KeepsIntervalsAcrossForms) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<int> offsets = AllowedOffsets(365, false);
  std::uniform_int_distribution<std::int64_t> day(
      DaysFromCivil({1955, 1, 1}), DaysFromCivil({2044, 12, 31}));
  for (int i = 0; i < 20'000; ++i) {
    const int days = offsets[random() % offsets.size()];
    std::int64_t before[2];
    std::int64_t after[2];
    for (int end = 0; end < 2; ++end) {
      before[end] = day(random);
      const Layout& layout = kLayouts[random() % std::size(kLayouts)];
      const auto text = Moved(layout.write(CivilFromDays(before[end])), days);
      ASSERT_TRUE(text);
      const auto written = ReadDate(*text, kUs);
      ASSERT_TRUE(written) << *text;
      after[end] = DaysFromCivil(written->values.first.date);
      ASSERT_NE(after[end], before[end]);
    }
    ASSERT_EQ(after[1] - after[0], before[1] - before[0]);
  }
}

// Partial dates too come back, whatever the offset.
TEST(DateOffset, IsUndoneByItsOpposite) {
  const auto back = [](const DateValue& value, int days) {
    const auto there = MovedBy(value, days);
    return there ? MovedBy(*there, -days) : std::nullopt;
  };
  for (int days = -3650; days <= 3650; ++days) {
    for (int day = 1; day <= 31; ++day) {
      const DateValue value{{0, 0, day}, day % 7};
      ASSERT_EQ(back(value, days), value) << day << " by " << days;
    }
    for (int month = 1; month <= 12; ++month) {
      for (int year : {0, 1995, 2020}) {
        const DateValue value{{year, month, 0}, -1};
        ASSERT_EQ(back(value, days), value) << month << " by " << days;
      }
      const DateValue value{{0, month, DaysInMonth(2001, month)}, -1};
      ASSERT_EQ(back(value, days), value) << month << " by " << days;
    }
    const DateValue year{{2021, 0, 0}, -1};
    ASSERT_EQ(back(year, days), year) << days;
  }
}

TEST(DateOffset, AllowedOffsetsMoveEveryDay) {
  const std::vector<int> offsets = AllowedOffsets(365, false);
  EXPECT_GT(offsets.size(), 650U);
  for (int days : offsets) {
    ASSERT_NE(days, 0);
    for (const CivilDate& date :
         {CivilDate{2021, 3, 14}, CivilDate{0, 3, 14}, CivilDate{0, 0, 14}}) {
      ASSERT_NE(MovedBy({date, -1}, days)->date, date) << days;
    }
    const CivilDate month{2021, 3, 0};
    ASSERT_NE(MovedBy({month, -1}, days)->date, month) << days;
  }
  const std::vector<int> weeks = AllowedOffsets(365, true);
  EXPECT_GT(weeks.size(), 90U);
  for (int days : weeks) ASSERT_EQ(days % 7, 0);
  EXPECT_EQ(AllowedOffsets(1, false), (std::vector<int>{-1, 1}));
  EXPECT_EQ(AllowedOffsets(7, true), (std::vector<int>{-7, 7}));
}

TEST(DateForm, Hl7PrecisionsKeepTheirForm) {
  struct Row {
    std::string_view in;
    int days;
    std::string_view out;  // "" : none
  };
  constexpr Row kRows[] = {
      {"2021", 365, "2022"},
      {"200112", 31, "200201"},  // YYYYMM, though YYMMDD would be a date
      {"20210314", 20, "20210403"},
      {"2021031408", 1, "2021031508"},
      {"202103140830", 1, "202103150830"},
      {"20210314083059", 1, "20210315083059"},
      {"20210314083059.1", 1, "20210315083059.1"},
      {"20210314083059.1234+0500", 1, "20210315083059.1234+0500"},
      {"202103-0500", 31, "202104-0500"},
      {"20210230", 1, "20210303"},
      {"20211301", 1, ""},
      {"20210314246060", 1, ""},
      {"20210314083059.12345", 1, ""},
      {"20210314.5", 1, ""},
      {"2021031", 1, ""},
      {"2021-03-14", 1, ""},
      {"03/14/2021", 1, ""},
      {"99991231", 1, ""},
      {"19000101", 1, ""},
      {"00000000", 1, ""},
      {"", 1, ""},
      {"\"\"", 1, ""},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Moved(ReadHl7Date(row.in), row.days).value_or(""), row.out)
        << row.in;
  }
}

// Whatever the bytes, a text that is read holds nothing but dates: what is
// written with other values and the same words has the same letters as known.
TEST(DateForm, SurvivesAnyText) {
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  constexpr std::string_view kPieces[] = {
      "3",  "14",  "2021", "/",     "-",           " ",  "March", "th",
      "of", "the", ":30",  "T",     "Z",           "'",  "99",    ",",
      "to", "\n",  "ix",   "first", "May",         "de", "\xC3",  "Mon",
      ".",  "am",  "l2",   "0",     "\xE2\x80\x93"};
  std::size_t read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 9; n > 0; --n) {
      text += kPieces[random() % std::size(kPieces)];
    }
    const auto out = Moved(text, static_cast<int>(random() % 700) - 350);
    if (!out) continue;
    ++read;
    ASSERT_LT(out->size(), text.size() + 40) << text;
  }
  EXPECT_GT(read, 1000U);
}

TEST(Holiday, KnowsEaster) {
  EXPECT_EQ(EasterOf(1818), (CivilDate{1818, 3, 22}));
  EXPECT_EQ(EasterOf(1943), (CivilDate{1943, 4, 25}));
  EXPECT_EQ(EasterOf(2000), (CivilDate{2000, 4, 23}));
  EXPECT_EQ(EasterOf(2024), (CivilDate{2024, 3, 31}));
  EXPECT_EQ(EasterOf(2038), (CivilDate{2038, 4, 25}));
}

TEST(NumberWords, ReadBackWhatIsWritten) {
  for (char joint : {'-', ' '}) {
    for (int day = 1; day <= 31; ++day) {
      const std::string words = OrdinalInWords(day, joint);
      const auto read = ReadNumberWords(words);
      ASSERT_TRUE(read) << words;
      EXPECT_EQ(read->value, day) << words;
      EXPECT_TRUE(read->ordinal) << words;
      EXPECT_EQ(read->size, words.size()) << words;
    }
    for (int year = 1; year <= 9999; ++year) {
      if (year >= 100 && year < 1000) continue;
      const std::string words = YearInWords(year, joint);
      const auto read = ReadNumberWords(words);
      ASSERT_TRUE(read) << words;
      ASSERT_EQ(read->value, year) << words;
      ASSERT_EQ(read->size, words.size()) << words;
    }
  }
}

}  // namespace
}  // namespace phiwire
