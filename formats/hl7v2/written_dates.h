// SPDX-License-Identifier: Apache-2.0
//
// The ways notes write a day: "01/02/1980", "1/2/80", "1980-01-02",
// "January 2, 1980", "2 Jan 1980", ... without a string for each: callers keep
// few of them. Pure functions.
//
//   ForEachWrittenDate({1980, 1, 2}, [](std::string_view form) { ... });

#ifndef PHIWIRE_FORMATS_HL7V2_WRITTEN_DATES_H_
#define PHIWIRE_FORMATS_HL7V2_WRITTEN_DATES_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "formats/hl7v2/values.h"

namespace phiwire::hl7v2 {

// A date as it is being written; the longest is "September 30, 1980".
class Written {
 public:
  Written& operator<<(std::string_view text) {
    size_ += text.copy(text_.data() + size_, text_.size() - size_);
    return *this;
  }
  Written& operator<<(char c) { return *this << std::string_view(&c, 1); }
  std::string_view text() const { return {text_.data(), size_}; }

 private:
  std::array<char, 32> text_;
  std::size_t size_ = 0;
};

// The numbers of a day, as text.
struct DayText {
  explicit DayText(const CalendarDay& of)
      : year(Digits4(of.year)),
        month(Digits2(of.month)),
        day(Digits2(of.day)) {}

  std::string_view y() const { return {year.data(), 4}; }
  std::string_view yy() const { return {year.data() + 2, 2}; }
  std::string_view mm() const { return {month.data(), 2}; }
  std::string_view dd() const { return {day.data(), 2}; }
  static std::string_view Short(std::string_view two) {
    return two[0] == '0' ? two.substr(1) : two;
  }
  std::string_view m() const { return Short(mm()); }
  std::string_view d() const { return Short(dd()); }

  static std::array<char, 2> Digits2(int n) {
    return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
  }
  static std::array<char, 4> Digits4(int n) {
    const auto front = Digits2(n / 100);
    const auto back = Digits2(n % 100);
    return {front[0], front[1], back[0], back[1]};
  }

  std::array<char, 4> year;
  std::array<char, 2> month;
  std::array<char, 2> day;
};

template <class Visit>
void NumericDates(const DayText& t, Visit visit) {
  const auto triple = [&](std::string_view a, char separator,
                          std::string_view b, std::string_view c) {
    Written out;
    out << a << separator << b << separator << c;
    visit(out.text());
  };
  for (const char separator : {'/', '-', '.'}) {
    for (const std::string_view year : {t.y(), t.yy()}) {
      triple(t.mm(), separator, t.dd(), year);
      triple(t.m(), separator, t.d(), year);
    }
    // Day first, as outside the United States.
    triple(t.dd(), separator, t.mm(), t.y());
    triple(t.d(), separator, t.m(), t.y());
    triple(t.y(), separator, t.mm(), t.dd());
  }
  Written plain;
  plain << t.y() << t.mm() << t.dd();
  visit(plain.text());
}

template <class Visit>
void WordyDates(const CalendarDay& day, const DayText& t, Visit visit) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string_view full =
      kMonths[static_cast<std::size_t>(day.month - 1)];
  for (const std::string_view month : {full, full.substr(0, 3)}) {
    for (const std::string_view number : {t.d(), t.dd()}) {
      for (const std::string_view joint : {", ", " "}) {
        Written out;
        out << month << ' ' << number << joint << t.y();
        visit(out.text());
      }
      for (const char joint : {' ', '-'}) {
        Written out;
        out << number << joint << month << joint << t.y();
        visit(out.text());
      }
    }
  }
}

// Visits a form more than once where a number has no leading zero.
template <class Visit>
void ForEachWrittenDate(const CalendarDay& day, Visit visit) {
  const DayText text(day);
  NumericDates(text, visit);
  WordyDates(day, text, visit);
}

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_WRITTEN_DATES_H_
