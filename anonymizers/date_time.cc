// SPDX-License-Identifier: Apache-2.0
//
// Dates with a time of day behind them, and dates without separators: the
// time is checked and kept as it is.

#include <algorithm>

#include "anonymizers/date_form.h"
#include "anonymizers/letter_case.h"
#include "base/ascii.h"

namespace phiwire::internal {
namespace {

// One part of a time read off the front of `rest`.
class TimeReader {
 public:
  explicit TimeReader(std::string_view rest) : rest_(rest) {}

  // 8:30, 08:30:59.123 pm EST, 08:30Z, 08:30+05:30
  bool Clock() {
    if (!Digits(1, 2, 24) || !Take(':') || !Digits(2, 2, 59)) return false;
    if (Take(':') && (!Digits(2, 2, 60) || !Fraction(9))) return false;
    Half();
    return Zone() && rest_.empty();
  }
  // T0830, _083059, T083059.1234-0500 behind a compact date
  bool CompactClock() {
    if (!Take('T') && !Take('_') && !Take('-')) return false;
    const std::size_t size = DigitsAt(rest_, 0);
    if ((size != 4 && size != 6) || NumberAt(rest_, 0, 2) > 24 ||
        NumberAt(rest_, 2, 2) > 59) {
      return false;
    }
    rest_.remove_prefix(size);
    return Fraction(9) && Zone() && rest_.empty();
  }
  // What may follow the seconds of an HL7 stamp.
  bool Hl7Tail(bool seconds) {
    if (seconds && !Fraction(4)) return false;
    if (rest_.empty()) return true;
    return (Take('+') || Take('-')) && rest_.size() == 4 &&
           DigitsAt(rest_, 0) == 4;
  }
  bool Empty() const { return rest_.empty(); }

 private:
  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool Digits(std::size_t least, std::size_t most, int highest) {
    const std::size_t size = DigitsAt(rest_, 0);
    if (size < least || size > most || NumberAt(rest_, 0, size) > highest) {
      return false;
    }
    rest_.remove_prefix(size);
    return true;
  }
  bool Fraction(std::size_t most) {
    if (!rest_.starts_with('.') && !rest_.starts_with(',')) return true;
    const std::size_t size = DigitsAt(rest_, 1);
    if (size == 0 || size > most) return false;
    rest_.remove_prefix(size + 1);
    return true;
  }
  void Half() {
    std::string_view rest = rest_;
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    for (std::string_view half :
         {"a.m.", "p.m.", "am", "pm", "hrs", "hours", "h", "a", "p"}) {
      if (rest.size() < half.size() ||
          !EqualsFolded(rest.substr(0, half.size()), half)) {
        continue;
      }
      const std::string_view behind = rest.substr(half.size());
      if (!behind.empty() && behind[0] != ' ') continue;
      rest_ = behind;
      return;
    }
  }
  bool Zone() {
    while (Take(' ')) {
    }
    for (std::string_view zone :
         {"z",   "utc",  "gmt",  "est", "edt", "cst", "cdt",
          "mst", "mdt",  "pst",  "pdt", "et",  "ct",  "mt",
          "pt",  "akst", "akdt", "hst", "bst", "cet", "cest"}) {
      if (!EqualsFolded(rest_, zone)) continue;
      rest_ = {};
      return true;
    }
    if (rest_.empty()) return true;
    if (!Take('+') && !Take('-')) return false;
    return Digits(2, 2, 14) ? (!Take(':') || Digits(2, 2, 59))
                            : Digits(4, 4, 1459);
  }

  std::string_view rest_;
};

// Where the time of day begins, with what joins it to the date; the text's
// size when there is none, npos when there is something like one.
std::size_t TimeBegin(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    // ISO 8601's reduced precision: 2021-03-14T08
    const bool hour = text.size() > 3 && text[text.size() - 3] == 'T' &&
                      DigitsAt(text, text.size() - 2) == 2 &&
                      NumberAt(text, text.size() - 2, 2) <= 24;
    return hour ? text.size() - 3 : text.size();
  }
  std::size_t begin = colon;
  while (begin > 0 && IsDigit(text[begin - 1])) --begin;
  if (!TimeReader(text.substr(begin)).Clock()) return std::string_view::npos;
  const std::size_t clock = begin;
  if (text.substr(0, begin).ends_with("at ")) begin -= 3;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == ',' ||
                       text[begin - 1] == '@')) {
    --begin;
  }
  if (begin == clock && begin > 0 &&
      (text[begin - 1] == 'T' || text[begin - 1] == 't')) {
    --begin;
  }
  return begin == 0 || begin == clock ? std::string_view::npos : begin;
}

void AddPiece(DatePart part, DateStyle style, std::size_t begin,
              std::size_t size, DateForm* form) {
  DatePiece& piece = form->pieces[form->count++];
  piece = {};
  piece.part = part;
  piece.style = style;
  piece.begin = static_cast<std::uint16_t>(begin);
  piece.size = static_cast<std::uint16_t>(size);
}

void AddLiteral(std::size_t begin, DateForm* form) {
  if (begin < form->text.size()) {
    AddPiece(DatePart::kLiteral, DateStyle::kDigits, begin,
             form->text.size() - begin, form);
  }
}

bool Possible(int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// YYYY[MM[DD]] of `digits` digits, the rest a literal.
std::optional<DateForm> Stamp(std::string_view text, std::size_t digits) {
  DateForm form;
  form.text = text;
  CivilDate& date = form.value.date;
  date.year = NumberAt(text, 0, 4);
  if (date.year < 1) return std::nullopt;
  AddPiece(DatePart::kYear, DateStyle::kPadded, 0, 4, &form);
  if (digits >= 6) {
    date.month = NumberAt(text, 4, 2);
    AddPiece(DatePart::kMonth, DateStyle::kPadded, 4, 2, &form);
    if (!Possible(date.month, 1)) return std::nullopt;
  }
  if (digits >= 8) {
    date.day = NumberAt(text, 6, 2);
    AddPiece(DatePart::kDay, DateStyle::kPadded, 6, 2, &form);
    if (!Possible(date.month, date.day)) return std::nullopt;
  }
  AddLiteral(std::min<std::size_t>(digits, 8), &form);
  return form;
}

// HH, HHMM, HHMMSS at `at` up to `end`, even digits.
bool IsClock(std::string_view text, std::size_t at, std::size_t end) {
  constexpr std::array<int, 3> kHighest = {23, 59, 60};
  for (std::size_t i = 0; at < end; ++i, at += 2) {
    if (i == 3 || at + 2 > end || NumberAt(text, at, 2) > kHighest[i]) {
      return false;
    }
  }
  return true;
}

// The first of YYMMDD, MMDDYY, DDMMYY that is a date; YYYYMM if none is.
std::optional<DateForm> SixDigits(std::string_view text) {
  struct Layout {
    std::size_t year, month, day;
  };
  for (const Layout& l : {Layout{0, 2, 4}, Layout{4, 0, 2}, Layout{4, 2, 0}}) {
    const CivilDate date{FullYear(NumberAt(text, l.year, 2)),
                         NumberAt(text, l.month, 2), NumberAt(text, l.day, 2)};
    if (!IsDate(date.year, date.month, date.day)) continue;
    DateForm form;
    form.text = text;
    form.value.date = date;
    for (std::size_t at = 0; at < 6; at += 2) {
      if (at == l.year) {
        AddPiece(DatePart::kYear, DateStyle::kShort, at, 2, &form);
      } else {
        AddPiece(at == l.month ? DatePart::kMonth : DatePart::kDay,
                 DateStyle::kPadded, at, 2, &form);
      }
    }
    return form;
  }
  return Stamp(text, 6);
}

bool OurCentury(int year) { return year >= 1800 && year < 2200; }

// MMDDYYYY, DDMMYYYY when only that is a date.
std::optional<DateForm> YearLast(std::string_view text) {
  const int year = NumberAt(text, 4, 4);
  if (!OurCentury(year)) return std::nullopt;
  const int a = NumberAt(text, 0, 2);
  const int b = NumberAt(text, 2, 2);
  const bool month_first = IsDate(year, a, b);
  if (!month_first && !IsDate(year, b, a)) return std::nullopt;
  DateForm form;
  form.text = text;
  form.value.date = month_first ? CivilDate{year, a, b} : CivilDate{year, b, a};
  AddPiece(month_first ? DatePart::kMonth : DatePart::kDay, DateStyle::kPadded,
           0, 2, &form);
  AddPiece(month_first ? DatePart::kDay : DatePart::kMonth, DateStyle::kPadded,
           2, 2, &form);
  AddPiece(DatePart::kYear, DateStyle::kPadded, 4, 4, &form);
  return form;
}

std::optional<DateForm> Epoch(std::string_view text, std::int64_t day) {
  std::int64_t value = 0;
  for (char c : text) value = value * 10 + (c - '0');
  DateForm form;
  form.text = text;
  form.value.date = CivilFromDays(value / day);
  AddPiece(DatePart::kEpoch, DateStyle::kDigits, 0, text.size(), &form);
  return form;
}

}  // namespace

std::optional<DateForm> ReadCompact(std::string_view text) {
  const std::size_t digits = DigitsAt(text, 0);
  const bool whole = digits == text.size();
  if (digits == 6 && whole) return SixDigits(text);
  if (digits == 13 && whole) return Epoch(text, 86'400'000);
  if (digits < 8 || digits > 14 || digits % 2 != 0) return std::nullopt;
  if (OurCentury(NumberAt(text, 0, 4)) && IsClock(text, 8, digits)) {
    TimeReader tail(text.substr(digits));
    TimeReader stamp(text.substr(digits));
    if (tail.Hl7Tail(digits == 14) || (digits == 8 && stamp.CompactClock())) {
      if (auto form = Stamp(text, digits)) return form;
    }
  }
  if (digits == 8 && whole) return YearLast(text);
  if (digits == 10 && whole) return Epoch(text, 86'400);
  return std::nullopt;
}

std::optional<DateForm> ReadOneDate(std::string_view text, DateOrder order) {
  const std::size_t digits = DigitsAt(text, 0);
  if (digits > 4) return ReadCompact(text);
  const std::size_t time = TimeBegin(text);
  if (time == std::string_view::npos) return std::nullopt;
  std::optional<DateForm> form = ReadUntimedDate(text.substr(0, time), order);
  if (!form || time == text.size()) return form;
  if (form->count == DateForm::kMaxPieces) return std::nullopt;
  form->text = text;
  AddLiteral(time, &*form);
  return form;
}

}  // namespace phiwire::internal

namespace phiwire {

std::optional<WrittenDate> ReadHl7Date(std::string_view text) {
  const std::size_t digits = DigitsAt(text, 0);
  if (digits < 4 || digits > 14 || digits % 2 != 0) return std::nullopt;
  if (!internal::IsClock(text, std::min<std::size_t>(digits, 8), digits) ||
      !internal::TimeReader(text.substr(digits)).Hl7Tail(digits == 14)) {
    return std::nullopt;
  }
  std::optional<DateForm> form = internal::Stamp(text, digits);
  if (!form) return std::nullopt;
  WrittenDate written;
  written.first = *form;
  written.values.first = form->value;
  return written;
}

}  // namespace phiwire
