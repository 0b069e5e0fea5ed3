// SPDX-License-Identifier: Apache-2.0
//
// Ranges of two dates, and what one end says for the other.

#include <array>
#include <string>

#include "anonymizers/date_form.h"
#include "anonymizers/holiday.h"

namespace phiwire {
namespace {

using internal::ReadDayYear;
using internal::ReadOneDate;

// The longer ones first, so that " - " is not taken for "-".
constexpr std::array<std::string_view, 13> kBetween = {
    " through ", " until ",      " thru ",         " till ",
    " to ",      " and ",        " \xE2\x80\x93 ", " - ",
    " & ",       "\xE2\x80\x93", "\xE2\x80\x94",   "-",
    "/"};

bool EarlierInYear(const CivilDate& a, const CivilDate& b) {
  if (a.month != b.month) return a.month < b.month;
  return a.day != 0 && b.day != 0 && a.day < b.day;
}

// Months first: the year that is inherited hangs on them.
void Share(CivilDate* first, CivilDate* last) {
  const bool first_day_only = first->month == 0 && first->day != 0;
  const bool last_day_only = last->month == 0 && last->day != 0;
  if (first_day_only) first->month = last->month;
  if (last_day_only) last->month = first->month;
  if (first->month == 0 || last->month == 0) return;
  if (first->year == 0 && last->year != 0) {
    first->year = last->year - (EarlierInYear(*last, *first) ? 1 : 0);
  } else if (last->year == 0 && first->year != 0) {
    last->year = first->year + (EarlierInYear(*last, *first) ? 1 : 0);
  }
}

bool IsMay(const DateForm& form, std::size_t month) {
  return form.value.date.month == 5 &&
         form.pieces[month].style == DateStyle::kName;
}

// "May" is whole and cut alike: beside "Mar" it is cut.
void CutMay(DateForm* a, DateForm* b) {
  const std::size_t i = a->Find(DatePart::kMonth);
  const std::size_t j = b->Find(DatePart::kMonth);
  if (i == a->count || j == b->count) return;
  DateStyle* const x = &a->pieces[i].style;
  DateStyle* const y = &b->pieces[j].style;
  if (*y == DateStyle::kCut && IsMay(*a, i)) *x = *y;
  if (*x == DateStyle::kCut && IsMay(*b, j)) *y = *x;
}

std::optional<WrittenDate> ReadRange(std::string_view first,
                                     std::string_view between,
                                     std::string_view last, DateOrder order) {
  const std::optional<DateForm> a = ReadOneDate(first, order);
  if (!a || a->value.date == CivilDate{}) return std::nullopt;
  std::optional<DateForm> b;
  // "March 2-4, 2021": 4, 2021 is no April.
  const std::size_t month = a->Find(DatePart::kMonth);
  const bool named =
      month < a->count && (a->pieces[month].style == DateStyle::kName ||
                           a->pieces[month].style == DateStyle::kCut);
  if (named) b = ReadDayYear(last);
  if (!b) b = ReadOneDate(last, order);
  if (!b && a->value.date.day != 0) b = ReadDayYear(last);
  if (!b || b->value.date == CivilDate{}) return std::nullopt;
  const bool iso = a->value.date.year != 0 && b->value.date.year != 0;
  if (between == "/" && !iso) return std::nullopt;
  WrittenDate written;
  written.first = *a;
  written.last = *b;
  written.range = true;
  CutMay(&written.first, &written.last);
  written.between = between;
  written.values = {a->value, b->value};
  CivilDate& from = written.values.first.date;
  CivilDate& to = written.values.last.date;
  Share(&from, &to);
  // Two days, two months or two years; "1977-23/11" is nothing.
  if ((from.day == 0) != (to.day == 0) ||
      (from.month == 0) != (to.month == 0)) {
    return std::nullopt;
  }
  return written;
}

std::optional<WrittenDate> ReadAnyRange(std::string_view text,
                                        DateOrder order) {
  for (std::string_view between : kBetween) {
    for (std::size_t at = text.find(between, 1); at < text.size();
         at = text.find(between, at + 1)) {
      if (at + between.size() >= text.size()) break;
      auto range =
          ReadRange(text.substr(0, at), text.substr(at, between.size()),
                    text.substr(at + between.size()), order);
      if (range) return range;
    }
  }
  return std::nullopt;
}

WrittenDate Only(const DateForm& form) {
  WrittenDate written;
  written.first = form;
  written.values.first = form.value;
  return written;
}

bool HasLetter(std::string_view text) {
  for (char c : text) {
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return true;
  }
  return false;
}

char DigitOf(char c) {
  switch (c) {
    case 'l':
    case 'I':
      return '1';
    case 'O':
      return '0';
    case 'S':
      return '5';
    default:
      return c >= '0' && c <= '9' ? c : '\0';
  }
}

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

// U+FF0D to U+FF19: - . / and the digits, as ASCII.
std::string Narrowed(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xEF\xBC") && rest.size() >= 3) {
      const int c = static_cast<unsigned char>(rest[2]) - 0x8D + '-';
      if (c >= '-' && c <= '9') {
        out += static_cast<char>(c);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string Repaired(std::string_view text) {
  std::string out = Narrowed(text);
  for (std::size_t i = 0; i < out.size();) {
    std::size_t end = i;
    bool all = true;
    for (; end < out.size() && IsAlnum(out[end]); ++end) {
      all = all && DigitOf(out[end]) != '\0';
    }
    for (; all && i < end; ++i) out[i] = DigitOf(out[i]);
    i = end + 1;
  }
  return out;
}

}  // namespace

std::optional<WrittenDate> ReadDisguisedDate(std::string_view text,
                                             DateOrder order,
                                             std::string* repaired) {
  if (auto written = ReadDate(text, order)) return written;
  if (text.size() > 2 * kMaxDateSize) return std::nullopt;
  *repaired = Repaired(text);
  if (*repaired == text) return std::nullopt;
  return ReadDate(*repaired, order);
}

std::optional<WrittenDate> ReadDate(std::string_view text, DateOrder order) {
  if (text.empty() || text.size() > kMaxDateSize) return std::nullopt;
  if (auto form = ReadOneDate(text, order)) return Only(*form);
  if (HasLetter(text)) {
    if (auto form = ReadHoliday(text)) return Only(*form);
  }
  return ReadAnyRange(text, order);
}

}  // namespace phiwire
