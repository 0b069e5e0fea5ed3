// SPDX-License-Identifier: Apache-2.0

#include "formats/table/content.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "base/ascii.h"
#include "base/calendar.h"

namespace phiwire::table {
namespace {

constexpr std::string_view kNothing[] = {
    "NULL", "null", "Null", "NA",   "N/A", "n/a",     "NaN",     "nan",
    "None", "none", "NONE", "\\N",  "-",   "--",      ".",       "?",
    "NaT",  "nil",  "#N/A", "<NA>", "UNK", "UNKNOWN", "Unknown", "unknown"};
constexpr std::size_t kLongestShape = 64;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLetter(char c) {
  return IsUpper(c) || (c >= 'a' && c <= 'z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::size_t CountDigits(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), IsDigit));
}

// The date at the front; what follows a blank or T must be a clock's time.
std::string_view DayPart(std::string_view cell) {
  const std::size_t colon = cell.find(':');
  if (colon == cell.npos || colon < 3) return cell;
  std::size_t at = colon;
  while (at > 0 && IsDigit(cell[at - 1])) --at;
  if (at == 0 || colon - at > 2) return cell;
  if (cell[at - 1] != ' ' && cell[at - 1] != 'T') return cell;
  return TrimBlanks(cell.substr(0, at - 1));
}

// "14 Mar 2021", "March 14, 2021", "14-MAR-21".
bool IsWordyDate(std::string_view cell) {
  std::size_t begin = 0;
  while (begin < cell.size() && !IsLetter(cell[begin])) ++begin;
  std::size_t end = begin;
  while (end < cell.size() && IsLetter(cell[end])) ++end;
  if (end - begin < 3 || MonthOfName(cell.substr(begin, end - begin)) == 0) {
    return false;
  }
  const std::size_t digits = CountDigits(cell);
  return digits >= 3 && digits <= 6 && cell.size() <= 20 &&
         std::none_of(cell.begin() + static_cast<std::ptrdiff_t>(end),
                      cell.end(), IsLetter);
}

bool IsCompactDate(std::string_view cell) {
  if ((cell.size() != 8 && cell.size() != 12 && cell.size() != 14) ||
      DigitsAt(cell, 0) != cell.size()) {
    return false;
  }
  const int year = NumberAt(cell, 0, 4);
  return year >= 1880 && year <= 2100 && ParseCompactDate(cell).has_value();
}

bool IsDateCell(std::string_view cell) {
  const std::string_view day = DayPart(cell);
  if (day.size() < 6) return false;
  return ParseNumericDate(day, DateOrder::kMonthFirst).has_value() ||
         IsWordyDate(day) || IsCompactDate(cell);
}

bool IsSsn(std::string_view cell) {
  return cell.size() == 11 && cell[3] == '-' && cell[6] == '-' &&
         CountDigits(cell) == 9;
}

// Digits in groups, no letters but an extension's x.
bool IsPhone(std::string_view cell) {
  const std::size_t digits = CountDigits(cell);
  if (digits < 10 || digits > 15 || cell.size() > 24) return false;
  const bool grouped = digits < cell.size();
  return grouped && std::all_of(cell.begin(), cell.end(), [](char c) {
           return IsDigit(c) || c == '(' || c == ')' || c == '-' || c == '.' ||
                  c == ' ' || c == '+' || c == 'x' || c == '/';
         });
}

bool IsEmail(std::string_view cell) {
  const std::size_t at = cell.find('@');
  return at != cell.npos && at > 0 && cell.find('.', at) != cell.npos &&
         cell.find(' ') == cell.npos;
}

bool IsIp(std::string_view cell) {
  return cell.size() >= 7 && cell.size() <= 15 &&
         std::count(cell.begin(), cell.end(), '.') == 3 &&
         CountDigits(cell) + 3 == cell.size();
}

bool IsUuid(std::string_view cell) {
  return cell.size() == 36 && cell[8] == '-' && cell[13] == '-' &&
         cell[18] == '-' && cell[23] == '-';
}

std::optional<Shape> NumberShape(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  const std::size_t whole = DigitsAt(cell, 0);
  if (whole == 0 && !cell.starts_with('.')) return std::nullopt;
  if (whole == cell.size()) {
    const int value = whole <= 9 ? NumberAt(cell, 0, whole) : 0;
    if (whole == 4 && value >= 1880 && value <= 2040) return Shape::kYear;
    return whole <= 4 ? Shape::kSmall : Shape::kLargeNumber;
  }
  const bool decimal = cell[whole] == '.' && whole + 1 < cell.size() &&
                       whole + 1 + DigitsAt(cell, whole + 1) == cell.size();
  if (!decimal) return std::nullopt;
  return whole <= 6 ? Shape::kSmall : Shape::kLargeNumber;
}

bool IsMixed(std::string_view cell) {
  return cell.size() <= 40 && CountDigits(cell) >= 4 &&
         std::all_of(cell.begin(), cell.end(), [](char c) {
           return IsDigit(c) || IsLetter(c) || c == '-' || c == '_' || c == '/';
         });
}

// One to four words of letters, each with a capital in front.
bool IsWords(std::string_view cell) {
  std::size_t words = 0;
  bool begins = true;
  for (const char c : cell) {
    if (c == ' ') {
      begins = true;
      continue;
    }
    const bool letter = IsLetter(c) || c == '\'' || c == '-' || c == '.';
    if (!letter) return false;
    if (begins) {
      if (!IsUpper(c) && (static_cast<unsigned char>(c) & 0x80) == 0) {
        return false;
      }
      ++words;
    }
    begins = false;
  }
  return words >= 1 && words <= 4 && cell.size() >= 2;
}

bool IsLastFirst(std::string_view cell) {
  const std::size_t comma = cell.find_first_of(",^");
  if (comma == cell.npos || comma < 2) return false;
  std::string_view given = cell.substr(comma + 1);
  while (given.ends_with('^')) given.remove_suffix(1);
  std::string spaced(TrimBlanks(given));
  std::replace(spaced.begin(), spaced.end(), '^', ' ');
  return IsWords(cell.substr(0, comma)) && !spaced.empty() &&
         (IsWords(spaced) || (spaced.size() == 1 && IsUpper(spaced[0])));
}

}  // namespace

bool IsNothingWord(std::string_view cell) {
  switch (cell.front()) {
    case 'N':
    case 'n':
    case 'U':
    case 'u':
    case '\\':
    case '-':
    case '.':
    case '?':
    case '#':
    case '<':
      return std::find(std::begin(kNothing), std::end(kNothing), cell) !=
             std::end(kNothing);
    default:
      return false;
  }
}

Shape ShapeOf(std::string_view cell) {
  if (StandsForNothing(cell)) return Shape::kEmpty;
  if (cell.starts_with("http://") || cell.starts_with("https://")) {
    return Shape::kUrl;
  }
  if (cell.size() > kLongestShape) return Shape::kOther;
  if (CountDigits(cell) > 0) {
    if (IsIp(cell)) return Shape::kIpAddress;
    if (IsDateCell(cell)) return Shape::kDate;
    if (const auto number = NumberShape(cell)) return *number;
    if (IsSsn(cell)) return Shape::kSsn;
    if (IsPhone(cell)) return Shape::kPhone;
  }
  if (IsEmail(cell)) return Shape::kEmail;
  if (IsUuid(cell)) return Shape::kUuid;
  if (IsMixed(cell)) return Shape::kMixed;
  if (IsLastFirst(cell)) return Shape::kLastFirst;
  return IsWords(cell) ? Shape::kWords : Shape::kOther;
}

void ColumnSample::Add(std::string_view cell) {
  cell = TrimBlanks(cell);
  const Shape shape = ShapeOf(cell);
  ++cells_;
  ++shapes_[static_cast<std::size_t>(shape)];
  if (shape == Shape::kEmpty) return;
  bytes_ += cell.size();
  hashes_.insert(std::hash<std::string_view>()(cell));
  if (shape != Shape::kDate) return;
  const std::size_t first = DigitsAt(cell, 0);
  if (first == 0 || first > 2 || first + 1 >= cell.size()) return;
  const std::size_t second = DigitsAt(cell, first + 1);
  if (second == 0 || second > 2) return;
  if (NumberAt(cell, 0, first) > 12) ++day_first_;
  if (NumberAt(cell, first + 1, second) > 12) ++month_first_;
}

double ColumnSample::Share(Shape shape) const {
  if (filled() == 0 || shape == Shape::kEmpty) return 0;
  return static_cast<double>(Of(shape)) / static_cast<double>(filled());
}

double ColumnSample::mean_length() const {
  if (filled() == 0) return 0;
  return static_cast<double>(bytes_) / static_cast<double>(filled());
}

}  // namespace phiwire::table
