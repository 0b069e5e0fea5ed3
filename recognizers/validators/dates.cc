// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstddef>
#include <optional>

#include "base/ascii.h"
#include "base/calendar.h"
#include "recognizers/validators/validators.h"

namespace phiwire {
namespace {

// Ages are counted towards the year in which this was written; a later year
// only makes them older, so nothing is missed by it.
constexpr int kReferenceYear = 2025;

bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// What the words and numbers of a textual date say.
struct Pieces {
  int month = 0;
  int day = 0;
  int year = 0;
  bool good = true;
};

void AddNumber(int value, std::size_t width, Pieces* p) {
  if (width == 4 && p->year == 0) {
    p->year = value;
  } else if (width <= 2 && p->day == 0 && value >= 1 && value <= 31) {
    p->day = value;
  } else if (width == 2 && p->year == 0) {
    p->year = FullYear(value);
  } else {
    p->good = false;
  }
}

Pieces PiecesOf(std::string_view text) {
  Pieces p;
  for (std::size_t i = 0; i < text.size() && p.good;) {
    if (const std::size_t width = DigitsAt(text, i); width > 0) {
      if (width > 4) p.good = false;
      // An apostrophe makes a year of two digits: "Mar '98".
      const bool short_year =
          i > 0 && width == 2 && (text[i - 1] == '\'' || text[i - 1] == '\x99');
      if (p.good && short_year) {
        p.year = FullYear(NumberAt(text, i, width));
      } else if (p.good) {
        AddNumber(NumberAt(text, i, width), width, &p);
      }
      i += width;
    } else if (IsLetter(text[i])) {
      std::size_t end = i;
      while (end < text.size() && IsLetter(text[end])) ++end;
      const int month = MonthOfName(text.substr(i, end - i));
      if (month != 0) p.month = month;
      i = end;
    } else {
      ++i;
    }
  }
  return p;
}

}  // namespace

bool IsNumericDate(std::string_view text) {
  return ParseNumericDate(text, DateOrder::kMonthFirst).has_value();
}

bool IsMonthDayText(std::string_view text) {
  const std::size_t first = DigitsAt(text, 0);
  if (first == 0 || first > 2 || first == text.size()) return false;
  const std::size_t second = DigitsAt(text, first + 1);
  if (second == 0 || second > 2 || first + 1 + second != text.size()) {
    return false;
  }
  const int a = NumberAt(text, 0, first);
  const int b = NumberAt(text, first + 1, second);
  return IsMonthDay(a, b) || IsMonthDay(b, a);
}

bool IsCompactDate(std::string_view text) {
  const std::optional<CivilDate> date = ParseCompactDate(text);
  return date.has_value() && date->year >= 1850 && date->year < 2100;
}

bool IsTextualDate(std::string_view text) {
  const Pieces p = PiecesOf(text);
  if (!p.good || p.month == 0 || (p.day == 0 && p.year == 0)) return false;
  if (p.day == 0) return true;
  return p.year == 0 ? IsMonthDay(p.month, p.day)
                     : IsDate(p.year, p.month, p.day);
}

bool IsOcrDate(std::string_view text) {
  std::array<char, 16> fixed{};
  if (text.size() > fixed.size()) return false;
  bool letters = false;
  bool digits = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    digits = digits || IsDigit(c);
    letters = letters || IsLetter(c);
    if (c == 'l' || c == 'I') c = '1';
    if (c == 'O') c = '0';
    if (c == 'S') c = '5';
    fixed[i] = c;
  }
  return letters && digits &&
         IsNumericDate(std::string_view(fixed.data(), text.size()));
}

bool IsDayOfMonth(std::string_view text) {
  const std::size_t width = DigitsAt(text, 0);
  if (width == 0 || width > 2) return false;
  for (char c : text.substr(width)) {
    if (!IsLetter(c)) return false;  // st, nd, rd, th
  }
  const int day = NumberAt(text, 0, width);
  return day >= 1 && day <= 31;
}

bool IsAgeOver89(std::string_view text) {
  const std::size_t width = DigitsAt(text, 0);
  if (width < 2 || width > 3) return false;
  const int age = NumberAt(text, 0, width);
  return age > 89 && age < 120;
}

bool IsBirthYearOver89(std::string_view text) {
  return text.size() == 4 && DigitsAt(text, 0) == 4 &&
         NumberAt(text, 0, 4) < kReferenceYear - 89;
}

}  // namespace phiwire
