// SPDX-License-Identifier: Apache-2.0
//
// The dates of annotated notes, where the notes lie beside the checkout: how
// many are read, and that what is written for them reads as what was meant.
// Prints counts and shapes, never a text of a note.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/date_form.h"
#include "anonymizers/date_offset.h"

namespace phiwire {
namespace {

constexpr std::string_view kNotes =
    PHIWIRE_SOURCE_DIR "/../shared/corpus/notes";
constexpr DateOrder kUs = DateOrder::kMonthFirst;

// "NNN-kind.txt"; numbers that end in 4 or 9 are kept for scoring.
bool IsTestPart(const std::string& file) {
  const std::size_t end = file.find_first_not_of("0123456789");
  return end == 0 || end == std::string::npos || file[end - 1] == '4' ||
         file[end - 1] == '9';
}

std::vector<std::string> DatesOfNotes() {
  constexpr std::string_view kOpen =
      "\xE2\x9F\xA6"
      "DATE|";
  constexpr std::string_view kClose = "\xE2\x9F\xA7";
  std::vector<std::string> dates;
  for (const auto& entry : std::filesystem::directory_iterator(kNotes)) {
    if (IsTestPart(entry.path().filename().string())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (std::size_t at = text.find(kOpen); at != std::string::npos;
         at = text.find(kOpen, at + 1)) {
      const std::size_t begin = at + kOpen.size();
      dates.push_back(text.substr(begin, text.find(kClose, begin) - begin));
    }
  }
  return dates;
}

// Digits as 9: no text of a note in a failure.
std::string Shape(std::string text) {
  for (char& c : text) {
    if (c >= '0' && c <= '9') c = '9';
    if (c >= 'a' && c <= 'z') c = 'a';
    if (c >= 'A' && c <= 'Z') c = 'A';
  }
  return text;
}

bool IsNumber(DateStyle style) {
  return style == DateStyle::kDigits || style == DateStyle::kPadded;
}

// Whether the form says of every date which number is which: no day before a
// month in digits, no six digits, no two of a year near the turn of 49 to 50.
bool IsDecisive(const DateForm& form) {
  const std::size_t year = form.Find(DatePart::kYear);
  const std::size_t month = form.Find(DatePart::kMonth);
  if (month < form.count && form.Find(DatePart::kDay) < month &&
      IsNumber(form.pieces[month].style)) {
    return false;
  }
  if (year == form.count || form.pieces[year].style != DateStyle::kShort) {
    return true;
  }
  return form.text.size() != 6 && form.value.date.year > 1950 &&
         form.value.date.year < 2049;
}

struct Shifted {
  std::string text;
  DateValues values;
};

std::optional<Shifted> Shift(std::string_view text, int days) {
  std::string repaired;
  const auto written = ReadDisguisedDate(text, kUs, &repaired);
  if (!written) return std::nullopt;
  const auto first = MovedBy(written->values.first, days);
  const auto last =
      written->range ? MovedBy(written->values.last, days) : DateValue{};
  if (!first || !last) return std::nullopt;
  Shifted out{"", {*first, *last}};
  WriteDate(*written, out.values, &out.text);
  return out;
}

TEST(DateCorpus, ReadsNearlyEveryDateOfTheNotes) {
  if (!std::filesystem::exists(kNotes)) GTEST_SKIP() << "no notes here";
  const std::vector<std::string> dates = DatesOfNotes();
  ASSERT_GT(dates.size(), 4000U);
  std::size_t read = 0;
  for (const std::string& text : dates) read += Shift(text, 40) ? 1 : 0;
  std::cout << read << " of " << dates.size() << " dates are read\n";
  EXPECT_GT(static_cast<double>(read) / static_cast<double>(dates.size()),
            0.955);
}

TEST(DateCorpus, MostComeBackToTheLetter) {
  if (!std::filesystem::exists(kNotes)) GTEST_SKIP() << "no notes here";
  const std::vector<int> offsets = AllowedOffsets(365, false);
  std::size_t moved = 0;
  std::size_t same = 0;
  std::size_t at = 0;
  for (const std::string& text : DatesOfNotes()) {
    for (int i = 0; i < 5; ++i) {
      const int days = offsets[at++ * 7 % offsets.size()];
      const auto there = Shift(text, days);
      if (!there) continue;
      const auto back = Shift(there->text, -days);
      ++moved;
      same += back && back->text == text ? 1 : 0;
    }
  }
  std::cout << same << " of " << moved << " come back to the letter\n";
  EXPECT_GT(static_cast<double>(same) / static_cast<double>(moved), 0.92);
}

TEST(DateCorpus, WhatIsWrittenReadsAsWhatWasMeant) {
  if (!std::filesystem::exists(kNotes)) GTEST_SKIP() << "no notes here";
  std::size_t checked = 0;
  for (const std::string& text : DatesOfNotes()) {
    for (int days : {-300, -45, 17, 120}) {
      std::string repaired;
      const auto in = ReadDisguisedDate(text, kUs, &repaired);
      if (!in || !IsDecisive(in->first)) continue;
      const auto out = Shift(text, days);
      if (!out) continue;
      const auto read = ReadDate(out->text, kUs);
      ASSERT_TRUE(read) << Shape(text);
      EXPECT_EQ(read->values.first, out->values.first)
          << Shape(text) << " by " << days;
      EXPECT_EQ(read->values.last, out->values.last)
          << Shape(text) << " by " << days;
      ++checked;
    }
  }
  EXPECT_GT(checked, 16'000U);
}

}  // namespace
}  // namespace phiwire
