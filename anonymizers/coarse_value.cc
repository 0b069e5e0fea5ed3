// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <system_error>

#include "anonymizers/coarse.h"
#include "anonymizers/letter_case.h"
#include "anonymizers/number_words.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr int kOldestAge = 89;  // 45 CFR 164.514(b)(2)(i)(C)

bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

struct Age {
  int number = 0;
  std::size_t size = 0;
};

std::optional<Age> ReadAge(std::string_view text) {
  const std::size_t digits = DigitsAt(text, 0);
  if (digits == 0) {
    const auto words = ReadNumberWords(text);
    if (!words || words->value > 999) return std::nullopt;
    return Age{words->value, words->size};
  }
  if (digits > 4) return std::nullopt;
  Age age;
  for (char c : text.substr(0, digits)) {
    age.number = age.number * 10 + (c - '0');
  }
  age.size = digits;
  // 89.9 is 89
  if (digits < text.size() && text[digits] == '.') {
    const std::size_t decimals = DigitsAt(text, digits + 1);
    if (decimals > 0) age.size += decimals + 1;
  }
  return age;
}

// Units in a year; 0 for what is no unit.
int UnitsInYear(std::string_view word) {
  struct Unit {
    std::string_view word;
    int in_year;
  };
  constexpr std::array<Unit, 34> kUnits = {{
      {"y", 1},         {"yo", 1},     {"o", 1},     {"yr", 1},
      {"yrs", 1},       {"year", 1},   {"years", 1}, {"old", 1},
      {"of", 1},        {"age", 1},    {"young", 1}, {"yof", 1},
      {"yom", 1},       {"f", 1},      {"m", 1},     {"male", 1},
      {"female", 1},    {"man", 1},    {"woman", 1}, {"lady", 1},
      {"gentleman", 1}, {"st", 1},     {"nd", 1},    {"rd", 1},
      {"th", 1},        {"mo", 12},    {"mos", 12},  {"month", 12},
      {"months", 12},   {"wk", 52},    {"week", 52}, {"weeks", 52},
      {"day", 366},     {"days", 366},
  }};
  for (const Unit& unit : kUnits) {
    if (EqualsFolded(word, unit.word)) return unit.in_year;
  }
  return 0;
}

// Of everything behind the number; 0 when it isn't only units.
int UnitsInYearOf(std::string_view rest) {
  int most = 1;
  for (std::size_t at = 0; at < rest.size();) {
    if (!IsLetter(rest[at])) {
      constexpr std::string_view kJoints = " -./\n";
      if (kJoints.find(rest[at]) == std::string_view::npos) return 0;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < rest.size() && IsLetter(rest[end])) ++end;
    const int units = UnitsInYear(rest.substr(at, end - at));
    if (units == 0) return 0;
    most = std::max(most, units);
    at = end;
  }
  return most;
}

bool IsOrdinalSuffix(std::string_view rest) {
  for (std::string_view suffix : {"st", "nd", "rd", "th"}) {
    if (EqualsFolded(rest, suffix)) return true;
  }
  return false;
}

// A number of degrees in `text`, with its place.
struct Degrees {
  double value = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Degrees> NextDegrees(std::string_view text, std::size_t from) {
  Degrees d;
  d.begin = text.find_first_of("+-0123456789", from);
  if (d.begin == std::string_view::npos) return std::nullopt;
  const char* begin = text.data() + d.begin + (text[d.begin] == '+' ? 1 : 0);
  const char* end = text.data() + text.size();
  const auto [ptr, ec] =
      std::from_chars(begin, end, d.value, std::chars_format::fixed);
  if (ec != std::errc()) return std::nullopt;
  d.end = static_cast<std::size_t>(ptr - text.data());
  return d;
}

// What may stand around the two numbers; anything else could tell more.
bool IsPointWord(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with("\xC2\xB0")) {  // degree sign
      at += 2;
      continue;
    }
    if (!IsLetter(text[at])) {
      constexpr std::string_view kMarks = " ,;:=()/";
      if (kMarks.find(text[at]) == std::string_view::npos) return false;
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && IsLetter(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    constexpr std::array<std::string_view, 10> kWords = {
        "n",   "s",    "e",   "w",        "lat",
        "lon", "long", "lng", "latitude", "longitude"};
    if (!std::any_of(kWords.begin(), kWords.end(), [word](std::string_view w) {
          return EqualsFolded(word, w);
        })) {
      return false;
    }
    at = end;
  }
  return true;
}

std::string RoundedTo(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  double rounded = std::round(value * scale) / scale;
  if (rounded == 0) rounded = 0;  // no -0
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 rounded, std::chars_format::fixed, decimals);
  return std::string(digits.data(), end.ptr);
}

}  // namespace

std::string CoarseAge(std::string_view age, int reference_year) {
  if (age == "90+") return std::string(age);
  const std::optional<Age> read = ReadAge(age);
  if (!read) return "";
  std::string_view rest = age.substr(read->size);
  if (read->number >= 1000) {
    const bool kept = rest.empty() &&
                      read->number >= reference_year - kOldestAge &&
                      read->number <= reference_year;
    return kept ? std::string(age) : "";
  }
  const bool grouped = rest.starts_with('+') && read->number == 90;
  if (grouped) rest.remove_prefix(1);
  const int units = UnitsInYearOf(rest);
  if (units == 0) return "";
  if (!grouped && read->number / units <= kOldestAge) return std::string(age);
  std::string out = "90+";
  if (!IsOrdinalSuffix(rest) && units == 1) out += rest;
  return out;
}

std::string CoarsePoint(std::string_view point, int decimals) {
  const std::optional<Degrees> lat = NextDegrees(point, 0);
  if (!lat) return "";
  const std::optional<Degrees> lon = NextDegrees(point, lat->end);
  if (!lon || lon->begin == lat->end) return "";
  if (std::abs(lat->value) > 90 || std::abs(lon->value) > 180) return "";
  const std::string_view before = point.substr(0, lat->begin);
  const std::string_view between =
      point.substr(lat->end, lon->begin - lat->end);
  const std::string_view after = point.substr(lon->end);
  if (!IsPointWord(before) || !IsPointWord(between) || !IsPointWord(after)) {
    return "";
  }
  std::string out(before);
  out += RoundedTo(lat->value, decimals);
  out += between;
  out += RoundedTo(lon->value, decimals);
  return out += after;
}

}  // namespace phiwire
