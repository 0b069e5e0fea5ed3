// SPDX-License-Identifier: Apache-2.0
//
// Which number of a single written date is the year, the month, the day.

#include <algorithm>

#include "anonymizers/date_form.h"
#include "anonymizers/date_tokens.h"

namespace phiwire::internal {
namespace {

constexpr int kMaxDay = 31;

void SetRole(DatePart part, DateToken* token) { token->piece.part = part; }

bool SetYear(DateToken* token, CivilDate* date) {
  if (date->year != 0) return false;
  DateStyle* const style = &token->piece.style;
  int year = token->value;
  if (token->width == 0) {
    if (year < 10 || (year >= 100 && year < 1000)) return false;
    if (year < 100) year = FullYear(year);
  } else if (token->width == 2) {
    *style = DateStyle::kShort;
    year = FullYear(year);
  } else if (token->width == 4 && year >= 1000) {
    *style = DateStyle::kPadded;
  } else {
    return false;
  }
  date->year = year;
  SetRole(DatePart::kYear, token);
  return true;
}

bool SetDay(DateToken* token, CivilDate* date) {
  if (date->day != 0 || token->width > 2) return false;
  if (token->value < 1 || token->value > kMaxDay) return false;
  date->day = token->value;
  SetRole(DatePart::kDay, token);
  return true;
}

// 0 unless the number says itself whether it is written with a zero.
enum class Zeros { kUnknown, kPadded, kPlain };

Zeros ZerosOf(const DateToken& token, std::string_view text) {
  if (token.width == 1) return Zeros::kPlain;
  return text[token.piece.begin] == '0' ? Zeros::kPadded : Zeros::kUnknown;
}

class Roles {
 public:
  Roles(std::string_view text, DateOrder order) : order_(order) {
    good_ = tokens_.Read(text);
  }

  bool Assign() {
    if (!good_) return false;
    const std::size_t m = tokens_.month_index();
    if (m < tokens_.size()) {
      return tokens_[m].kind == TokenKind::kRoman ? Roman() : Textual();
    }
    switch (tokens_.numbers()) {
      case 0:
        return WeekdayOnly();
      case 1:
        return Single();
      case 2:
        return Pair();
      default:
        return Triple();
    }
  }

  bool AssignDayYear() {
    return good_ && tokens_.month_index() == tokens_.size() &&
           tokens_.numbers() == 2 && SetDay(&tokens_.number(0), &date_) &&
           SetYear(&tokens_.number(1), &date_);
  }

  DateForm Form() const {
    DateForm form;
    form.text = tokens_.text();
    form.value.date = date_;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      form.pieces[i] = tokens_[i].piece;
      if (tokens_[i].kind != TokenKind::kWeekday) continue;
      form.pieces[i].part = DatePart::kWeekday;
      form.value.weekday = tokens_[i].value;
    }
    form.count = tokens_.size();
    return form;
  }

 private:
  char SeparatorOf(std::size_t a, std::size_t b) const {
    return tokens_.Separator(std::min(a, b), std::max(a, b));
  }

  bool WeekdayOnly() {
    bool weekday = false;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      weekday = weekday || tokens_[i].kind == TokenKind::kWeekday;
    }
    return weekday;
  }

  bool Single() {
    DateToken& n = tokens_.number(0);
    if (n.is_day) return SetDay(&n, &date_);
    if (n.width == 1 || (n.width == 2 && !n.is_year)) {
      const bool zero = ZerosOf(n, tokens_.text()) == Zeros::kPadded;
      n.piece.style = zero ? DateStyle::kPadded : DateStyle::kDigits;
      return SetDay(&n, &date_);
    }
    // A bare "0719" or "8000" is no year.
    return n.width == 4 && n.value >= 1500 && n.value < 2500 &&
           SetYear(&n, &date_);
  }

  // Digits and no marks of their own: what numeric dates are made of.
  bool Plain() {
    for (std::size_t i = 0; i < tokens_.numbers(); ++i) {
      const DateToken& n = tokens_.number(i);
      if (n.is_day || n.is_year || n.width == 0) return false;
    }
    return true;
  }

  bool Pair() {
    DateToken& a = tokens_.number(0);
    DateToken& b = tokens_.number(1);
    const char separator =
        SeparatorOf(tokens_.number_index(0), tokens_.number_index(1));
    if (!Plain() || separator == 0 || separator == '?' || separator == '\'') {
      return false;
    }
    if (a.width == 4) return b.width <= 2 && MonthYear(&b, &a);
    if (b.width == 4) return a.width <= 2 && MonthYear(&a, &b);
    if (a.width > 2 || b.width > 2) return false;
    if (Ordered(&a, &b, 2000, order_)) {
      Pad(&a, &b, Zeros::kPlain);
      return true;
    }
    return separator != ' ' && b.width == 2 && MonthYear(&a, &b);
  }

  bool MonthYear(DateToken* month, DateToken* year) {
    if (month->value < 1 || month->value > 12) return false;
    if (!SetYear(year, &date_)) return false;
    date_.month = month->value;
    SetRole(DatePart::kMonth, month);
    const bool zero = ZerosOf(*month, tokens_.text()) == Zeros::kPadded;
    month->piece.style = zero ? DateStyle::kPadded : DateStyle::kDigits;
    return true;
  }

  bool Triple() {
    DateToken& a = tokens_.number(0);
    DateToken& b = tokens_.number(1);
    DateToken& c = tokens_.number(2);
    const char separator =
        SeparatorOf(tokens_.number_index(0), tokens_.number_index(1));
    if (!Plain() || separator == 0 || separator == '?' ||
        separator !=
            SeparatorOf(tokens_.number_index(1), tokens_.number_index(2))) {
      return false;
    }
    if (a.width == 4) {
      // Month first whatever the order asked for: ISO 8601.
      if (b.width > 2 || c.width > 2 || !SetYear(&a, &date_)) return false;
      if (!Ordered(&b, &c, date_.year, DateOrder::kMonthFirst)) return false;
      Pad(&b, &c, Zeros::kPadded);
      return true;
    }
    if (a.width > 2 || b.width > 2 || !SetYear(&c, &date_)) return false;
    if (!Ordered(&a, &b, date_.year, order_)) return false;
    // 3/9/21 is commoner than 03/09/21, 03/09/2021 than 3/9/2021; with spaces
    // alone all have two digits.
    const bool padded = c.width == 4 || separator == ' ';
    Pad(&a, &b, padded ? Zeros::kPadded : Zeros::kPlain);
    return true;
  }

  // Month and day of two numbers: the order asked for, or the other one when
  // only that is in the calendar, or when only that could be any date.
  bool Ordered(DateToken* a, DateToken* b, int year, DateOrder order) {
    const auto possible = [](const DateToken* m, const DateToken* d) {
      return m->value >= 1 && m->value <= 12 && d->value >= 1 &&
             d->value <= kMaxDay;
    };
    const auto exists = [year](const DateToken* m, const DateToken* d) {
      return IsDate(year, m->value, d->value);
    };
    DateToken* month = order == DateOrder::kMonthFirst ? a : b;
    DateToken* day = order == DateOrder::kMonthFirst ? b : a;
    if (!exists(month, day) && (exists(day, month) || !possible(month, day))) {
      std::swap(month, day);
    }
    if (!possible(month, day) || !SetDay(day, &date_)) return false;
    date_.month = month->value;
    SetRole(DatePart::kMonth, month);
    return true;
  }

  // Each as it is written itself, else as the other is, else `missing`.
  void Pad(DateToken* a, DateToken* b, Zeros missing) const {
    const Zeros za = ZerosOf(*a, tokens_.text());
    const Zeros zb = ZerosOf(*b, tokens_.text());
    const auto style = [missing](Zeros own, Zeros other) {
      const Zeros z = own != Zeros::kUnknown     ? own
                      : other != Zeros::kUnknown ? other
                                                 : missing;
      return z == Zeros::kPadded ? DateStyle::kPadded : DateStyle::kDigits;
    };
    a->piece.style = style(za, zb);
    b->piece.style = style(zb, za);
  }

  // 14-III-2021: a number on both sides, the same mark between.
  bool Roman() {
    const std::size_t m = tokens_.month_index();
    if (tokens_.numbers() != 2 || !Plain()) return false;
    const std::size_t a = tokens_.number_index(0);
    const std::size_t b = tokens_.number_index(1);
    if (a > m || b < m) return false;
    const char separator = SeparatorOf(a, m);
    if (separator == 0 || separator == '?' || separator != SeparatorOf(m, b)) {
      return false;
    }
    SetRole(DatePart::kMonth, &tokens_[m]);
    date_.month = tokens_[m].value;
    return SetDay(&tokens_[a], &date_) && PadDay(a, m) &&
           SetYear(&tokens_[b], &date_);
  }

  // A day beside a month's name has a zero when it is written with one, or
  // when it is two digits of a fixed form (12MAR2019, 12-Mar-19).
  bool PadDay(std::size_t day, std::size_t month) {
    DateToken& token = tokens_[day];
    if (token.is_day || token.width == 0) return true;
    const char separator = SeparatorOf(day, month);
    const Zeros zeros = ZerosOf(token, tokens_.text());
    const bool fixed = separator == 0 || separator == '-' || separator == '/';
    token.piece.style =
        zeros == Zeros::kPadded || (zeros == Zeros::kUnknown && fixed)
            ? DateStyle::kPadded
            : DateStyle::kDigits;
    return true;
  }

  // "MAY" in 12MAY21, 12-May-21 or "May. 4" is cut.
  void CutMay(std::size_t m) {
    DateToken& token = tokens_[m];
    if (token.value != 5 || token.piece.size != 3) return;
    const std::string_view text = tokens_.text();
    const std::size_t begin = token.piece.begin;
    const char before = begin > 0 ? text[begin - 1] : ' ';
    const char after = begin + 3 < text.size() ? text[begin + 3] : ' ';
    const auto fixed = [](char c) {
      return (c >= '0' && c <= '9') || c == '-' || c == '/';
    };
    if (fixed(before) || fixed(after) || after == '.') {
      token.piece.style = DateStyle::kCut;
    }
  }

  bool Textual() {
    const std::size_t m = tokens_.month_index();
    SetRole(DatePart::kMonth, &tokens_[m]);
    date_.month = tokens_[m].value;
    CutMay(m);
    if (tokens_.numbers() == 0) return true;
    if (tokens_.numbers() > 2) return false;
    const bool set =
        tokens_.numbers() == 1 ? OneBesideMonth() : TwoBesideMonth();
    if (!set) return false;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].piece.part == DatePart::kDay) return PadDay(i, m);
    }
    return true;
  }

  bool OneBesideMonth() {
    DateToken& n = tokens_.number(0);
    if (n.is_day) return SetDay(&n, &date_);
    if (n.is_year || n.width == 4) return SetYear(&n, &date_);
    return SetDay(&n, &date_) || SetYear(&n, &date_);
  }

  bool TwoBesideMonth() {
    DateToken* day = &tokens_.number(0);
    DateToken* year = &tokens_.number(1);
    const std::size_t m = tokens_.month_index();
    const std::size_t a = tokens_.number_index(0);
    const std::size_t b = tokens_.number_index(1);
    if (b < m) return false;  // 20-27 Sept is a range
    const bool year_first =
        day->is_year || day->width == 4 || (!day->is_day && year->is_day);
    if (year_first) {
      std::swap(day, year);
    } else if (a > m && SeparatorOf(a, b) == '-' && SeparatorOf(m, a) != '-') {
      return false;  // so is March 14-16
    }
    return SetDay(day, &date_) && SetYear(year, &date_);
  }

  const DateOrder order_;
  DateTokens tokens_;
  bool good_ = false;
  CivilDate date_;
};

}  // namespace

std::optional<DateForm> ReadDayYear(std::string_view text) {
  Roles roles(text, DateOrder::kMonthFirst);
  if (!roles.AssignDayYear()) return std::nullopt;
  return roles.Form();
}

std::optional<DateForm> ReadUntimedDate(std::string_view text,
                                        DateOrder order) {
  Roles roles(text, order);
  if (!roles.Assign()) return std::nullopt;
  return roles.Form();
}

}  // namespace phiwire::internal
