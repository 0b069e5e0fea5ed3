// SPDX-License-Identifier: Apache-2.0

#include "rules/known_dates.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

constexpr CivilDate kFirstDay = {1800, 1, 1};
constexpr CivilDate kLastDay = {2199, 12, 31};

// A piece of a written date: a number, or the name of a month.
struct Piece {
  int number = 0;
  int month = 0;
  std::size_t digits = 0;
};

int Number(std::string_view digits) {
  int n = 0;
  for (const char c : digits) n = n * 10 + (c - '0');
  return n;
}

bool AllDigits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), IsDigit);
}

// "2", "1980", "2nd", "Jan"; nothing else is a piece.
bool ReadPiece(std::string_view s, Piece* piece) {
  *piece = {};
  if (s.empty() || s.size() > 9) return false;
  if (!IsDigit(s.front())) {
    piece->month = MonthOfName(s);
    return piece->month != 0;
  }
  if (s.size() >= 3 && !AllDigits(s)) {
    const std::string_view suffix = s.substr(s.size() - 2);
    for (const std::string_view ordinal : {"st", "nd", "rd", "th"}) {
      if (suffix == ordinal) s.remove_suffix(2);
    }
  }
  if (!AllDigits(s) || s.size() > 4) return false;
  piece->number = Number(s);
  piece->digits = s.size();
  return true;
}

}  // namespace

bool KnownDates::Add(const CivilDate& date) {
  if (!IsDate(date.year, date.month, date.day)) return false;
  const std::int64_t first = DaysFromCivil(kFirstDay);
  const std::int64_t day = DaysFromCivil(date) - first;
  if (day < 0 || date.year > kLastDay.year) return false;
  if (days_.empty()) {
    days_.resize(static_cast<std::size_t>(DaysFromCivil(kLastDay) - first + 1));
  }
  days_[static_cast<std::size_t>(day)] = true;
  return true;
}

bool KnownDates::Has(int year, int month, int day) const {
  if (year < kFirstDay.year || year > kLastDay.year) return false;
  if (!IsDate(year, month, day)) return false;
  return days_[static_cast<std::size_t>(DaysFromCivil({year, month, day}) -
                                        DaysFromCivil(kFirstDay))];
}

// Month and day in either order.
bool KnownDates::HasOrdered(int first, int second, int year,
                            bool two_digits) const {
  if (two_digits) {
    return HasOrdered(first, second, 1900 + year, false) ||
           HasOrdered(first, second, 2000 + year, false);
  }
  return Has(year, first, second) || Has(year, second, first);
}

// YYYYMMDD, also with a time behind it; MMDDYYYY; DDMMYYYY.
bool KnownDates::HasDigits(std::string_view digits) const {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) {
    return false;
  }
  const int a = Number(digits.substr(0, 4));
  if (Has(a, Number(digits.substr(4, 2)), Number(digits.substr(6, 2)))) {
    return true;
  }
  return digits.size() == 8 &&
         HasOrdered(a / 100, a % 100, Number(digits.substr(4, 4)), false);
}

KnownMatch KnownDates::Match(const Document& document, std::size_t i) const {
  constexpr KnownMatch kNone = {1, 0, PhiType::kDate, 0};
  if (days_.empty()) return kNone;
  const auto& tokens = document.tokens;
  const auto surface = [&](std::size_t at) {
    return document.text.substr(tokens[at].begin,
                                tokens[at].end - tokens[at].begin);
  };
  const auto match = [i](std::size_t last) {
    return KnownMatch{static_cast<std::uint32_t>(i),
                      static_cast<std::uint32_t>(last), PhiType::kDate, 0};
  };
  // Most words are no month: look at them only before a number.
  if (tokens[i].kind == TokenKind::kWord &&
      (i + 1 >= tokens.size() || tokens[i + 1].kind == TokenKind::kWord ||
       tokens[i].end - tokens[i].begin > 9)) {
    return kNone;
  }
  const std::string_view word = surface(i);
  if (AllDigits(word) && word.size() >= 8) {
    return HasDigits(word) ? match(i) : kNone;
  }
  std::array<Piece, 3> p;
  std::size_t at = i;
  // "02JAN1980" is one token.
  if (tokens[i].kind == TokenKind::kMixed && word.size() >= 6) {
    const std::size_t letters = word.find_first_not_of("0123456789");
    const std::size_t year = word.find_first_of("0123456789", letters);
    if (letters != 0 && year != word.npos &&
        ReadPiece(word.substr(0, letters), &p[0]) &&
        ReadPiece(word.substr(letters, year - letters), &p[1]) &&
        ReadPiece(word.substr(year), &p[2]) && p[1].month != 0 &&
        HasOrdered(p[1].month, p[0].number, p[2].number, p[2].digits == 2)) {
      return match(i);
    }
  }
  for (std::size_t k = 0; k < 3; ++k) {
    if (k > 0) {
      const std::size_t next = NextWordToken(tokens, at, 2);
      if (next >= tokens.size()) return kNone;
      const std::string_view gap = document.text.substr(
          tokens[at].end, tokens[next].begin - tokens[at].end);
      if (gap.size() > 3 || gap.find_first_not_of(" /-.,") != gap.npos) {
        return kNone;
      }
      at = next;
    }
    if (!ReadPiece(surface(at), &p[k])) return kNone;
  }
  bool known = false;
  const bool two = p[2].digits == 2;
  if (p[0].month != 0) {
    known = p[1].month == 0 &&
            HasOrdered(p[0].month, p[1].number, p[2].number, two);
  } else if (p[1].month != 0) {
    known = p[0].digits == 4
                ? Has(p[0].number, p[1].month, p[2].number)
                : HasOrdered(p[1].month, p[0].number, p[2].number, two);
  } else if (p[2].month == 0) {
    known = p[0].digits == 4
                ? Has(p[0].number, p[1].number, p[2].number)
                : p[2].digits != 3 && p[2].digits != 1 &&
                      HasOrdered(p[0].number, p[1].number, p[2].number, two);
  }
  return known ? match(at) : kNone;
}

}  // namespace phiwire
