// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/holiday.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace phiwire {
namespace {

enum class Rule : std::uint8_t {
  kFixed,   // month a, day b
  kNth,     // of month a the b-th weekday c; b 5 is the last
  kEaster,  // a days after Easter
};

struct Holiday {
  std::string_view name;  // lower case, no apostrophes or full stops, no "day"
  Rule rule;
  int a, b, c;
};

constexpr int kLast = 5;

// Rules of the United States where countries differ (Mother's Day).
constexpr std::array kHolidays = std::to_array<Holiday>({
    {"christmas", Rule::kFixed, 12, 25, 0},
    {"xmas", Rule::kFixed, 12, 25, 0},
    {"christmas eve", Rule::kFixed, 12, 24, 0},
    {"xmas eve", Rule::kFixed, 12, 24, 0},
    {"nochebuena", Rule::kFixed, 12, 24, 0},
    {"boxing", Rule::kFixed, 12, 26, 0},
    {"st stephens", Rule::kFixed, 12, 26, 0},
    {"new years eve", Rule::kFixed, 12, 31, 0},
    {"new year eve", Rule::kFixed, 12, 31, 0},
    {"hogmanay", Rule::kFixed, 12, 31, 0},
    {"new years", Rule::kFixed, 1, 1, 0},
    {"new year", Rule::kFixed, 1, 1, 0},
    {"epiphany", Rule::kFixed, 1, 6, 0},
    {"three kings", Rule::kFixed, 1, 6, 0},
    {"burns night", Rule::kFixed, 1, 25, 0},
    {"australia", Rule::kFixed, 1, 26, 0},
    {"candlemas", Rule::kFixed, 2, 2, 0},
    {"groundhog", Rule::kFixed, 2, 2, 0},
    {"waitangi", Rule::kFixed, 2, 6, 0},
    {"valentines", Rule::kFixed, 2, 14, 0},
    {"leap", Rule::kFixed, 2, 29, 0},
    {"pi", Rule::kFixed, 3, 14, 0},
    {"st patricks", Rule::kFixed, 3, 17, 0},
    {"saint patricks", Rule::kFixed, 3, 17, 0},
    {"april fools", Rule::kFixed, 4, 1, 0},
    {"apr fools", Rule::kFixed, 4, 1, 0},
    {"earth", Rule::kFixed, 4, 22, 0},
    {"anzac", Rule::kFixed, 4, 25, 0},
    {"cinco de mayo", Rule::kFixed, 5, 5, 0},
    {"flag", Rule::kFixed, 6, 14, 0},
    {"juneteenth", Rule::kFixed, 6, 19, 0},
    {"canada", Rule::kFixed, 7, 1, 0},
    {"independence", Rule::kFixed, 7, 4, 0},
    {"fourth of july", Rule::kFixed, 7, 4, 0},
    {"bastille", Rule::kFixed, 7, 14, 0},
    {"halloween", Rule::kFixed, 10, 31, 0},
    {"all saints", Rule::kFixed, 11, 1, 0},
    {"all souls", Rule::kFixed, 11, 2, 0},
    {"guy fawkes night", Rule::kFixed, 11, 5, 0},
    {"bonfire night", Rule::kFixed, 11, 5, 0},
    {"veterans", Rule::kFixed, 11, 11, 0},
    {"armistice", Rule::kFixed, 11, 11, 0},
    {"remembrance", Rule::kFixed, 11, 11, 0},
    {"mlk", Rule::kNth, 1, 3, 1},
    {"martin luther king", Rule::kNth, 1, 3, 1},
    {"presidents", Rule::kNth, 2, 3, 1},
    {"mothers", Rule::kNth, 5, 2, 0},
    {"memorial", Rule::kNth, 5, kLast, 1},
    {"fathers", Rule::kNth, 6, 3, 0},
    {"labor", Rule::kNth, 9, 1, 1},
    {"labour", Rule::kNth, 9, 1, 1},
    {"columbus", Rule::kNth, 10, 2, 1},
    {"indigenous peoples", Rule::kNth, 10, 2, 1},
    {"thanksgiving", Rule::kNth, 11, 4, 4},
    {"mardi gras", Rule::kEaster, -47, 0, 0},
    {"fat tuesday", Rule::kEaster, -47, 0, 0},
    {"shrove tuesday", Rule::kEaster, -47, 0, 0},
    {"pancake", Rule::kEaster, -47, 0, 0},
    {"ash wednesday", Rule::kEaster, -46, 0, 0},
    {"mothering sunday", Rule::kEaster, -21, 0, 0},
    {"palm sunday", Rule::kEaster, -7, 0, 0},
    {"maundy thursday", Rule::kEaster, -3, 0, 0},
    {"good friday", Rule::kEaster, -2, 0, 0},
    {"easter", Rule::kEaster, 0, 0, 0},
    {"easter sunday", Rule::kEaster, 0, 0, 0},
    {"easter monday", Rule::kEaster, 1, 0, 0},
    {"ascension", Rule::kEaster, 39, 0, 0},
    {"pentecost", Rule::kEaster, 49, 0, 0},
    {"whitsun", Rule::kEaster, 49, 0, 0},
    {"whitsunday", Rule::kEaster, 49, 0, 0},
    {"whit monday", Rule::kEaster, 50, 0, 0},
});

constexpr std::size_t kMaxName = 40;

// Lower case, one space for white space, no apostrophes, full stops and commas.
std::string Plain(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (text.substr(i).starts_with("\xE2\x80\x99")) {
      i += 2;
      continue;
    }
    if (c == '\'' || c == '.' || c == ',') continue;
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    if (c == ' ' && (name.empty() || name.back() == ' ')) continue;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return name;
}

// A last word of four digits, taken off the name; 0 when there is none.
int TakeYear(std::string* name) {
  const std::size_t space = name->rfind(' ');
  if (space == std::string::npos || name->size() - space != 5) return 0;
  int year = 0;
  for (char c : name->substr(space + 1)) {
    if (c < '0' || c > '9') return 0;
    year = year * 10 + (c - '0');
  }
  if (year < 1583) return 0;
  name->resize(space);
  return year;
}

int WeekdayOf(const CivilDate& date) {  // 1970-01-01 was a Thursday
  const std::int64_t n = (DaysFromCivil(date) + 4) % 7;
  return static_cast<int>(n < 0 ? n + 7 : n);
}

CivilDate NthWeekday(int year, int month, int nth, int weekday) {
  const int first = WeekdayOf({year, month, 1});
  int day = 1 + (weekday - first + 7) % 7 + (nth - 1) * 7;
  while (day > DaysInMonth(year, month)) day -= 7;
  return {year, month, day};
}

std::optional<CivilDate> DateOf(const Holiday& holiday, int year) {
  if (holiday.rule == Rule::kFixed) {
    return CivilDate{year, holiday.a, holiday.b};
  }
  if (year == 0) return std::nullopt;
  if (holiday.rule == Rule::kNth) {
    return NthWeekday(year, holiday.a, holiday.b, holiday.c);
  }
  return CivilFromDays(DaysFromCivil(EasterOf(year)) + holiday.a);
}

// The form "MMMM D, YYYY"; digits are what a form's pieces are read by.
DateForm FormOf(const CivilDate& date, LetterCase letter_case) {
  constexpr std::string_view kText = "May 1, 2000";
  const auto piece = [](DatePart part, DateStyle style, std::uint16_t begin,
                        std::uint16_t size) {
    DatePiece p{};
    p.part = part;
    p.style = style;
    p.begin = begin;
    p.size = size;
    return p;
  };
  DateForm form;
  form.text = kText;
  form.pieces[0] = piece(DatePart::kMonth, DateStyle::kName, 0, 3);
  form.pieces[0].letter_case = letter_case;
  form.pieces[1] = piece(DatePart::kLiteral, DateStyle::kDigits, 3, 1);
  form.pieces[2] = piece(DatePart::kDay, DateStyle::kDigits, 4, 1);
  form.pieces[3] = piece(DatePart::kLiteral, DateStyle::kDigits, 5, 2);
  form.pieces[4] = piece(DatePart::kYear, DateStyle::kPadded, 7, 4);
  form.count = date.year == 0 ? 3 : 5;
  form.value.date = date;
  return form;
}

}  // namespace

// Anonymous Gregorian computus; Meeus, Astronomical Algorithms, chapter 8.
CivilDate EasterOf(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return {year, f / 31, f % 31 + 1};
}

std::optional<DateForm> ReadHoliday(std::string_view text) {
  if (text.size() > kMaxName) return std::nullopt;
  std::string name = Plain(text);
  const int year = TakeYear(&name);
  if (name.ends_with(" day")) name.resize(name.size() - 4);
  if (name.starts_with("the ")) name.erase(0, 4);
  for (const Holiday& holiday : kHolidays) {
    if (holiday.name != name) continue;
    const std::optional<CivilDate> date = DateOf(holiday, year);
    if (!date) return std::nullopt;
    return FormOf(*date, CaseOf(text));
  }
  return std::nullopt;
}

}  // namespace phiwire
