// SPDX-License-Identifier: Apache-2.0
//
// Writing.

#include "anonymizers/date_form.h"

#include <charconv>

#include "anonymizers/number_words.h"

namespace phiwire {
namespace {

constexpr std::int64_t kDaySeconds = 86400;

void AppendNumber(std::int64_t number, std::size_t width, std::string* out) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 number < 0 ? -number : number);
  const auto size = static_cast<std::size_t>(end.ptr - digits.data());
  if (number < 0) *out += '-';
  if (size < width) out->append(width - size, '0');
  out->append(digits.data(), size);
}

std::string_view OrdinalSuffix(int day) {
  if (day >= 11 && day <= 13) return "th";
  switch (day % 10) {
    case 1:
      return "st";
    case 2:
      return "nd";
    case 3:
      return "rd";
    default:
      return "th";
  }
}

// What joins tens and units in the source: a space in "twenty one", else a
// hyphen.
char JointOf(std::string_view source) {
  for (std::size_t at = source.find("ty "); at < source.size();
       at = source.find("ty ", at + 1)) {
    const auto unit = ReadNumberWords(source.substr(at + 3));
    if (unit && unit->value > 0 && unit->value < 10) return ' ';
  }
  return '-';
}

void AppendWords(std::string_view words, LetterCase letter_case,
                 std::string* out) {
  AppendCased(words, letter_case, out);
}

void WriteYear(const DatePiece& piece, std::string_view source, int year,
               std::string* out) {
  switch (piece.style) {
    case DateStyle::kShort:
      return AppendNumber(year % 100, 2, out);
    case DateStyle::kWords: {
      const bool cut = ReadNumberWords(source)->value < 100;
      return AppendWords(YearInWords(cut ? year % 100 : year, JointOf(source)),
                         piece.letter_case, out);
    }
    default:
      return AppendNumber(year, 4, out);
  }
}

void WriteDay(const DatePiece& piece, std::string_view source, int day,
              std::string* out) {
  switch (piece.style) {
    case DateStyle::kPadded:
      return AppendNumber(day, 2, out);
    case DateStyle::kWords:
      return AppendWords(OrdinalInWords(day, JointOf(source)),
                         piece.letter_case, out);
    case DateStyle::kOrdinal: {
      AppendNumber(day, 1, out);
      return AppendCased(OrdinalSuffix(day), piece.letter_case, out);
    }
    case DateStyle::kFirst: {
      AppendNumber(day, 1, out);
      const std::size_t suffix = source.find_first_not_of("0123456789");
      if (day == 1 && suffix < source.size()) *out += source.substr(suffix);
      return;
    }
    default:
      return AppendNumber(day, 1, out);
  }
}

void WriteMonthPiece(const DatePiece& piece, int month, std::string* out) {
  switch (piece.style) {
    case DateStyle::kPadded:
      return AppendNumber(month, 2, out);
    case DateStyle::kName:
    case DateStyle::kCut:
      return AppendCased(
          WriteMonth({month, piece.language, piece.style == DateStyle::kCut}),
          piece.letter_case, out);
    case DateStyle::kRoman:
      return AppendCased(WriteRomanMonth(month), piece.letter_case, out);
    default:
      return AppendNumber(month, 1, out);
  }
}

void WriteEpoch(std::string_view source, const CivilDate& date,
                std::string* out) {
  const std::int64_t day =
      source.size() > 10 ? kDaySeconds * 1000 : kDaySeconds;
  std::int64_t was = 0;
  std::from_chars(source.data(), source.data() + source.size(), was);
  AppendNumber(DaysFromCivil(date) * day + was % day, source.size(), out);
}

void WriteForm(const DateForm& form, const DateValue& value, std::string* out) {
  for (std::size_t i = 0; i < form.count; ++i) {
    internal::WritePiece(form, form.pieces[i], value, out);
  }
}

// `form` writes no month: it is written beside the day, as `other` has its
// month and day.
void WriteWithMonth(const DateForm& form, const DateForm& other,
                    const DateValue& value, std::string* out) {
  const std::size_t month = other.Find(DatePart::kMonth);
  const std::size_t day = other.Find(DatePart::kDay);
  const bool before = month < day || day == other.count;
  const DatePiece& a = other.pieces[before ? month : day];
  std::size_t end = a.begin + a.size;
  const std::size_t next = before ? day : month;
  std::size_t begin = next < other.count ? other.pieces[next].begin : end;
  // A weekday or year may stand between; one space then.
  std::string_view glue = " ";
  if (next < other.count && next - (before ? month : day) <= 2) {
    glue = other.text.substr(end, begin - end);
  }
  for (std::size_t i = 0; i < form.count; ++i) {
    const bool here = form.pieces[i].part == DatePart::kDay;
    if (here && before) {
      internal::WritePiece(other, other.pieces[month], value, out);
      *out += glue;
    }
    internal::WritePiece(form, form.pieces[i], value, out);
    if (here && !before) {
      *out += glue;
      internal::WritePiece(other, other.pieces[month], value, out);
    }
  }
}

}  // namespace

namespace internal {

void WritePiece(const DateForm& form, const DatePiece& piece,
                const DateValue& value, std::string* out) {
  const std::string_view source = form.text.substr(piece.begin, piece.size);
  switch (piece.part) {
    case DatePart::kLiteral:
      *out += source;
      return;
    case DatePart::kYear:
      return WriteYear(piece, source, value.date.year, out);
    case DatePart::kMonth:
      return WriteMonthPiece(piece, value.date.month, out);
    case DatePart::kDay:
      return WriteDay(piece, source, value.date.day, out);
    case DatePart::kWeekday:
      return AppendCased(
          WriteWeekday({value.weekday, piece.style == DateStyle::kCut}),
          piece.letter_case, out);
    case DatePart::kEpoch:
      return WriteEpoch(source, value.date, out);
  }
}

}  // namespace internal

std::size_t DateForm::Find(DatePart part) const {
  std::size_t i = 0;
  while (i < count && pieces[i].part != part) ++i;
  return i;
}

void WriteDate(const WrittenDate& form, const DateValues& values,
               std::string* out) {
  const bool apart =
      form.range && values.first.date.month != values.last.date.month;
  const bool first_month = form.first.Has(DatePart::kMonth);
  if (apart && !first_month && form.last.Has(DatePart::kMonth)) {
    WriteWithMonth(form.first, form.last, values.first, out);
  } else {
    WriteForm(form.first, values.first, out);
  }
  if (!form.range) return;
  *out += form.between;
  if (apart && first_month && !form.last.Has(DatePart::kMonth)) {
    WriteWithMonth(form.last, form.first, values.last, out);
  } else {
    WriteForm(form.last, values.last, out);
  }
}

}  // namespace phiwire
