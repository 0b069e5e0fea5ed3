// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/month_names.h"

#include <array>
#include <cstddef>

#include "anonymizers/letter_case.h"
#include "base/calendar.h"

namespace phiwire {
namespace {

using Names = std::array<std::string_view, 12>;

constexpr std::array<Names, 4> kMonths = {{
    {"january", "february", "march", "april", "may", "june", "july", "august",
     "september", "october", "november", "december"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
     "septiembre", "octubre", "noviembre", "diciembre"},
    {"janvier", "f\xC3\xA9vrier", "mars", "avril", "mai", "juin", "juillet",
     "ao\xC3\xBBt", "septembre", "octobre", "novembre",
     "d\xC3\xA9"
     "cembre"},
    {"januar", "februar", "m\xC3\xA4rz", "april", "mai", "juni", "juli",
     "august", "september", "oktober", "november", "dezember"},
}};

// Cut names only where they differ from English ones; French and German ones
// are rare in notes and ambiguous.
constexpr Names kSpanishCut = {"ene", "feb", "mar", "abr", "may", "jun",
                               "jul", "ago", "sep", "oct", "nov", "dic"};

// Spellings without the accent, which are written back with it.
struct Spelling {
  std::string_view word;
  int month;
  DateLanguage language;
};
constexpr std::array<Spelling, 6> kPlain = {{
    {"fevrier", 2, DateLanguage::kFrench},
    {"aout", 8, DateLanguage::kFrench},
    {"decembre", 12, DateLanguage::kFrench},
    {"maerz", 3, DateLanguage::kGerman},
    {"marz", 3, DateLanguage::kGerman},
    {"setiembre", 9, DateLanguage::kSpanish},
}};

constexpr Names kRoman = {"i",   "ii",   "iii", "iv", "v",  "vi",
                          "vii", "viii", "ix",  "x",  "xi", "xii"};

constexpr std::array<std::string_view, 7> kWeekdays = {
    "sunday",   "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday"};

MonthName ReadForeign(std::string_view word) {
  for (std::size_t l = 1; l < kMonths.size(); ++l) {
    for (std::size_t m = 0; m < 12; ++m) {
      if (EqualsFolded(word, kMonths[l][m])) {
        return {static_cast<int>(m) + 1, static_cast<DateLanguage>(l), false};
      }
    }
  }
  for (const Spelling& s : kPlain) {
    if (EqualsFolded(word, s.word)) return {s.month, s.language, false};
  }
  for (std::size_t m = 0; m < 12; ++m) {
    if (EqualsFolded(word, kSpanishCut[m])) {
      return {static_cast<int>(m) + 1, DateLanguage::kSpanish, true};
    }
  }
  return {};
}

}  // namespace

MonthName ReadMonth(std::string_view word) {
  if (word.size() < 3 || word.size() > 10) return {};
  if (const int month = MonthOfName(word); month != 0) {
    const bool whole =
        word.size() == kMonths[0][static_cast<std::size_t>(month - 1)].size();
    return {month, DateLanguage::kEnglish, !whole};
  }
  return ReadForeign(word);
}

std::string_view WriteMonth(const MonthName& name) {
  const auto index = static_cast<std::size_t>(name.month - 1) % 12;
  if (!name.cut) return kMonths[static_cast<std::size_t>(name.language)][index];
  if (name.language == DateLanguage::kSpanish) return kSpanishCut[index];
  return kMonths[0][index].substr(0, 3);
}

int ReadRomanMonth(std::string_view word) {
  if (word.empty() || word.size() > 4) return 0;
  if (word.size() > 1 && CaseOf(word) == LetterCase::kTitle) return 0;
  for (std::size_t m = 0; m < 12; ++m) {
    if (EqualsFolded(word, kRoman[m])) return static_cast<int>(m) + 1;
  }
  return 0;
}

std::string_view WriteRomanMonth(int month) {
  return kRoman[static_cast<std::size_t>(month - 1) % 12];
}

WeekdayName ReadWeekday(std::string_view word) {
  if (word.size() < 3 || word.size() > 9) return {};
  for (std::size_t d = 0; d < kWeekdays.size(); ++d) {
    const std::string_view whole = kWeekdays[d];
    if (word.size() > whole.size()) continue;
    if (!EqualsFolded(word, whole.substr(0, word.size()))) continue;
    const bool full = word.size() == whole.size();
    if (!full && word.size() > 5) continue;
    return {static_cast<int>(d), !full};
  }
  return {};
}

std::string_view WriteWeekday(const WeekdayName& name) {
  const std::string_view whole =
      kWeekdays[static_cast<std::size_t>(name.weekday) % 7];
  return name.cut ? whole.substr(0, 3) : whole;
}

}  // namespace phiwire
