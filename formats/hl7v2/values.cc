// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/values.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "formats/hl7v2/word_set.h"

namespace phiwire::hl7v2 {
namespace {

constexpr std::size_t kMaxCodeDigits = 6;
// "1/2" is a titer, "1/2/95" a date.
constexpr std::size_t kMaxDigitsBesideSlash = 3;
// Words are shorter; 64 bytes of base64 hold 48.
constexpr std::size_t kMinBinary = 64;

constexpr std::string_view kCodeMarks = "._-+*<>=%/:#()[]{}'^&~|,";
constexpr std::string_view kLocalMarks = "._-/:*%^#";
constexpr std::string_view kNameMarks = "_-.+";
constexpr ByteSet kNumberMarks("0123456789.+-<>=: ");
constexpr ByteSet kRangeMarks("0123456789.-+<>=()[] ");

constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// What a byte says of the code it stands in.
constexpr unsigned kUpper = 1;
constexpr unsigned kBlank = 2;
constexpr unsigned kSlash = 4;
constexpr unsigned kNotPlain = 8;   // stands in no plain code,
constexpr unsigned kNotLocal = 16;  // no local code,
constexpr unsigned kNotName = 32;   // no system's name
constexpr unsigned kDigit = 64;

constexpr unsigned FlagsOf(char c) {
  const auto is_in = [c](std::string_view set) {
    return set.find(c) != std::string_view::npos;
  };
  const bool upper = IsUpper(c);
  const bool digit = c >= '0' && c <= '9';
  const bool letter_or_digit = upper || IsLower(c) || digit;
  const bool plain = upper || digit || c == ' ' || is_in(kCodeMarks);
  return (upper ? kUpper : 0) | (digit ? kDigit : 0) | (c == ' ' ? kBlank : 0) |
         (c == '/' ? kSlash : 0) | (plain ? 0 : kNotPlain) |
         (letter_or_digit || is_in(kLocalMarks) ? 0 : kNotLocal) |
         (letter_or_digit || is_in(kNameMarks) ? 0 : kNotName);
}

constexpr auto kFlags = [] {
  std::array<std::uint8_t, 256> flags{};
  for (std::size_t i = 0; i < flags.size(); ++i) {
    flags[i] = static_cast<std::uint8_t>(FlagsOf(static_cast<char>(i)));
  }
  return flags;
}();

// Of all bytes together.
struct CodeShape {
  unsigned flags = 0;
  std::size_t digits = 0;
};

CodeShape ShapeOf(std::string_view value) {
  CodeShape shape;
  for (const char c : value) {
    const unsigned flags = kFlags[static_cast<unsigned char>(c)];
    shape.flags |= flags;
    shape.digits += flags / kDigit;
  }
  return shape;
}

std::size_t CountDigits(std::string_view value) {
  return static_cast<std::size_t>(
      std::count_if(value.begin(), value.end(), IsDigit));
}

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int DaysIn(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool BeginsWithEightDigits(std::string_view value) {
  // Most values that are asked about begin with a letter.
  return value.size() >= 8 && IsDigit(value[0]) && IsDigit(value[7]) &&
         DigitsAt(value.substr(0, 8), 0) == 8;
}

// Of what begins with eight digits.
std::optional<CalendarDay> DayOf(std::string_view value) {
  const CalendarDay day{Number(value.substr(0, 4)), Number(value.substr(4, 2)),
                        Number(value.substr(6, 2))};
  if (day.year < 1850 || day.year > 2149 || day.month < 1 || day.month > 12 ||
      day.day < 1 || day.day > DaysIn(day.year, day.month)) {
    return std::nullopt;
  }
  return day;
}

std::string_view TakeDigits(std::string_view& value) {
  const std::size_t size = static_cast<std::size_t>(
      std::find_if_not(value.begin(), value.end(), IsDigit) - value.begin());
  const std::string_view digits = value.substr(0, size);
  value.remove_prefix(size);
  return digits;
}

}  // namespace

std::optional<CalendarDay> ParseDay(std::string_view value) {
  return BeginsWithEightDigits(value) ? DayOf(value) : std::nullopt;
}

bool IsDateShaped(std::string_view value) {
  if (!BeginsWithEightDigits(value) || !DayOf(value)) return false;
  const std::string_view digits = TakeDigits(value);
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) {
    return false;
  }
  if (digits.size() > 8 &&
      (Number(digits.substr(8, 2)) > 23 || Number(digits.substr(10, 2)) > 59)) {
    return false;
  }
  if (!value.empty() && value.front() == '.') {
    value.remove_prefix(1);
    if (TakeDigits(value).empty()) return false;
  }
  if (!value.empty() && (value.front() == '+' || value.front() == '-')) {
    value.remove_prefix(1);
    if (TakeDigits(value).size() != 4) return false;
  }
  return value.empty();
}

bool IsPlainCode(std::string_view value, std::size_t max_size) {
  if (value.size() > max_size) return false;
  const auto [flags, digits] = ShapeOf(value);
  const bool words = (flags & kBlank) != 0 && (flags & kUpper) != 0;
  const bool slash = (flags & kSlash) != 0;
  return (flags & kNotPlain) == 0 && !words && digits <= kMaxCodeDigits &&
         !(slash && digits > kMaxDigitsBesideSlash);
}

bool IsLocalCode(std::string_view value) {
  constexpr std::size_t kMaxSize = 20;
  constexpr std::size_t kMaxDigits = 8;
  constexpr std::size_t kMaxUnit = 8;
  constexpr std::size_t kMaxAbbreviation = 3;
  if (value.size() > kMaxSize || IsDateShaped(value)) return false;
  const auto [flags, digits] = ShapeOf(value);
  if ((flags & kNotLocal) != 0) return false;
  const bool slash = (flags & kSlash) != 0;
  if (digits > 0) {
    return digits <= kMaxDigits && (digits <= kMaxDigitsBesideSlash || !slash);
  }
  return slash ? value.size() <= kMaxUnit
               : (flags & kUpper) == 0 && value.size() <= kMaxAbbreviation;
}

bool IsSystemName(std::string_view value) {
  constexpr std::size_t kMaxSize = 20;
  constexpr std::size_t kMaxDigits = 4;
  if (value.size() > kMaxSize) return false;
  const auto [flags, digits] = ShapeOf(value);
  return (flags & kNotName) == 0 && digits <= kMaxDigits;
}

bool IsZipShaped(std::string_view value) {
  const bool plus4 = value.size() == 10 && value[5] == '-';
  return CountDigits(value) == value.size() - (plus4 ? 1 : 0) &&
         (plus4 || value.size() == 5 || value.size() == 9);
}

bool IsShortNumber(std::string_view value) {
  return CountDigits(value) <= kMaxCodeDigits && kNumberMarks.HoldAll(value);
}

bool IsRange(std::string_view value) {
  constexpr std::size_t kMaxDigits = 8;
  return CountDigits(value) <= kMaxDigits &&
         std::count(value.begin(), value.end(), '-') <= 1 &&
         kRangeMarks.HoldAll(value);
}

bool IsStandardSystem(std::string_view value) {
  static constexpr auto kSystems = WordSetOf(
      "ACR", "ART", "ATC", "C4", "C5", "CDCREC", "CLP", "CPT4", "CPTM", "CVX",
      "E5", "FDDX", "GDRG", "HHC", "HPC", "I10", "I10C", "I10P", "I9", "I9C",
      "I9CDX", "I9CP", "ICD10", "ICD9", "ICDO", "ISO+", "LN", "LOINC", "MDC",
      "MEDC", "MVX", "NDC", "NIC", "RXNORM", "SCT", "SCT2", "SNM", "SNM3",
      "SNOMED", "SNT", "UCUM", "UMLS", "UPC", "ICD10CM", "I10CM");
  if (value.size() < 2) return false;
  if (value.substr(0, 3) == "HL7") return true;
  return kSystems.Has(value) || value == "SNOMED-CT";
}

bool IsUniversalIdType(std::string_view value) {
  static constexpr auto kTypes = WordSetOf(
      "CAP", "CLIA", "CLIP", "DNS", "EUI64", "GUID", "HCD", "HL7", "ISO", "L",
      "M", "N", "NPI", "OID", "URI", "UUID", "x400", "x500");
  return kTypes.Has(value);
}

bool IsBinaryText(std::string_view value) {
  if (value.size() < kMinBinary) return false;
  bool lower = false;
  bool upper = false;
  bool digit = false;
  for (const char c : value) {
    lower = lower || IsLower(c);
    upper = upper || IsUpper(c);
    digit = digit || IsDigit(c);
    if (!IsLower(c) && !IsUpper(c) && !IsDigit(c) && c != '+' && c != '/' &&
        c != '=' && c != '\r' && c != '\n') {
      return false;
    }
  }
  return digit && (lower || upper);
}

}  // namespace phiwire::hl7v2
