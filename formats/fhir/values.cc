// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/values.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "base/ascii.h"
#include "base/byte_set.h"

namespace phiwire::fhir {
namespace {

constexpr std::size_t kMostDigits = 6;
constexpr std::size_t kMaxUnit = 20;
constexpr double kOldest = 90;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr ByteSet kCodeMarks(" -._/:+*{}[]%()#'^,;=|\"\\");

struct UnitsAYear {
  std::string_view unit;
  double count;
};
// UCUM and the words that senders put.
constexpr UnitsAYear kUnits[] = {
    {"mo", 12},       {"month", 12},    {"months", 12}, {"wk", 52.18},
    {"week", 52.18},  {"weeks", 52.18}, {"d", 365.25},  {"day", 365.25},
    {"days", 365.25}, {"h", 8766},      {"hour", 8766}, {"hours", 8766},
    {"min", 525960}};

}  // namespace

bool IsCode(std::string_view value) {
  if (value.empty() || value.size() > kMaxCode) return false;
  std::size_t digits = 0;
  std::size_t blanks = 0;
  for (const char c : value) {
    digits += IsDigit(c) ? 1 : 0;
    blanks += c == ' ' ? 1 : 0;
    if (!IsDigit(c) && !IsLetter(c) && !kCodeMarks.Has(c)) {
      return false;
    }
  }
  // Two capitalised words could be anybody.
  return digits <= kMostDigits &&
         (blanks == 0 || (value.size() <= kMaxUnit &&
                          std::none_of(value.begin(), value.end(), [](char c) {
                            return c >= 'A' && c <= 'Z';
                          })));
}

bool IsTimeOfDay(std::string_view value) {
  return value.size() >= 5 && value[2] == ':' &&
         value.find_first_not_of("0123456789:.") == std::string_view::npos &&
         (value.size() == 5 || (value.size() >= 8 && value[5] == ':'));
}

bool IsSamples(std::string_view value) {
  return value.find_first_not_of("0123456789.-+ EUL") == std::string_view::npos;
}

bool IsPlaceName(std::string_view value) {
  constexpr std::size_t kMaxSize = 40;
  return value.size() <= kMaxSize &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return IsLetter(c) || c == ' ' || c == '-' || c == '.' ||
                  c == '\'' || static_cast<unsigned char>(c) >= 0x80;
         });
}

bool IsMeasure(std::string_view number) {
  constexpr std::size_t kMaxSize = 32;
  return number.size() <= kMaxSize;
}

bool IsOver89(std::string_view number, std::string_view unit) {
  double value = 0;
  const auto read =
      std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec != std::errc()) return true;
  const auto it =
      std::find_if(std::begin(kUnits), std::end(kUnits),
                   [&](const UnitsAYear& u) { return u.unit == unit; });
  const double years = it == std::end(kUnits) ? value : value / it->count;
  return years >= kOldest;
}

}  // namespace phiwire::fhir
