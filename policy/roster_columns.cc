// SPDX-License-Identifier: Apache-2.0

#include "policy/roster_columns.h"

#include <algorithm>
#include <vector>

#include "base/fold.h"

namespace phiwire {
namespace {

struct Alias {
  std::string_view name;
  RosterColumn column;
  PhiType type = PhiType::kName;
};

constexpr Alias kAliases[] = {
    {"first_name", RosterColumn::kFirst},
    {"first", RosterColumn::kFirst},
    {"firstname", RosterColumn::kFirst},
    {"given_name", RosterColumn::kFirst},
    {"forename", RosterColumn::kFirst},
    {"middle_name", RosterColumn::kMiddle},
    {"middle", RosterColumn::kMiddle},
    {"middle_initial", RosterColumn::kMiddle},
    {"last_name", RosterColumn::kLast},
    {"last", RosterColumn::kLast},
    {"lastname", RosterColumn::kLast},
    {"surname", RosterColumn::kLast},
    {"family_name", RosterColumn::kLast},
    {"name", RosterColumn::kFullName},
    {"full_name", RosterColumn::kFullName},
    {"patient_name", RosterColumn::kFullName},
    {"dob", RosterColumn::kDate},
    {"date_of_birth", RosterColumn::kDate},
    {"birth_date", RosterColumn::kDate},
    {"birthdate", RosterColumn::kDate},
    {"date", RosterColumn::kDate},
    {"mrn", RosterColumn::kValue, PhiType::kMedicalRecord},
    {"medical_record_number", RosterColumn::kValue, PhiType::kMedicalRecord},
    {"social_security_number", RosterColumn::kValue, PhiType::kSsn},
    {"telephone", RosterColumn::kValue, PhiType::kPhone},
    {"mobile", RosterColumn::kValue, PhiType::kPhone},
    {"phone_number", RosterColumn::kValue, PhiType::kPhone},
    {"home_phone", RosterColumn::kValue, PhiType::kPhone},
    {"work_phone", RosterColumn::kValue, PhiType::kPhone},
    {"e_mail", RosterColumn::kValue, PhiType::kEmail},
    {"address", RosterColumn::kValue, PhiType::kStreet},
    {"street_address", RosterColumn::kValue, PhiType::kStreet},
    {"zip_code", RosterColumn::kValue, PhiType::kZip},
    {"postal_code", RosterColumn::kValue, PhiType::kZip},
    {"account_number", RosterColumn::kValue, PhiType::kAccount},
    {"member_id", RosterColumn::kValue, PhiType::kHealthPlan},
    {"policy_number", RosterColumn::kValue, PhiType::kHealthPlan}};

// Beside a name, or in place of one.
constexpr std::string_view kNoNames[] = {
    "mr",   "mrs",     "ms",   "miss",    "dr",      "prof",   "jr", "sr",
    "ii",   "iii",     "iv",   "md",      "phd",     "rn",     "do", "esq",
    "baby", "boy",     "girl", "newborn", "unknown", "none",   "na", "null",
    "test", "patient", "male", "female",  "self",    "unnamed"};

bool IsNoName(std::string_view word) {
  const std::string folded = Folded(word);
  return std::find(std::begin(kNoNames), std::end(kNoNames), folded) !=
         std::end(kNoNames);
}

// Words between blanks and any of `more`, with full stops cut off their ends.
std::vector<std::string_view> Words(std::string_view text,
                                    std::string_view breaks) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = text.find_first_not_of(breaks, at);
    if (begin == text.npos) break;
    at = std::min(text.find_first_of(breaks, begin), text.size());
    std::string_view word = text.substr(begin, at - begin);
    while (word.ends_with('.')) word.remove_suffix(1);
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

std::string Joined(const std::vector<std::string_view>& words,
                   std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    if (!out.empty()) out += ' ';
    out += words[i];
  }
  return out;
}

// The given names: the first, and the rest as middle names.
void SplitGiven(std::string_view given, RosterName* name) {
  const std::string clean = CleanNamePart(given);
  const std::vector<std::string_view> words = Words(clean, " \t^");
  if (words.empty()) return;
  name->first = words[0];
  name->middle = Joined(words, 1, words.size());
}

// "van der", "de la": part of the surname that follows.
bool IsParticle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"van", "von", "der", "den", "de",
                                             "del", "la",  "da",  "di",  "du",
                                             "dos", "bin", "al",  "el",  "st"};
  const std::string folded = Folded(word);
  return std::find(std::begin(kParticles), std::end(kParticles), folded) !=
         std::end(kParticles);
}

}  // namespace

std::optional<RosterColumnKind> FindRosterColumn(std::string_view name) {
  if (name.starts_with('_')) return RosterColumnKind{};
  std::string normal = Folded(name);
  for (char& c : normal) {
    if (c == ' ' || c == '-') c = '_';
  }
  for (const Alias& alias : kAliases) {
    if (alias.name == normal) return RosterColumnKind{alias.column, alias.type};
  }
  std::string upper = normal;
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const std::optional<PhiType> type = ParseType(upper);
  if (!type) return std::nullopt;
  return RosterColumnKind{RosterColumn::kValue, *type};
}

std::string CleanNamePart(std::string_view part) {
  const std::vector<std::string_view> words = Words(part, " \t,^");
  std::vector<std::string_view> kept;
  std::copy_if(words.begin(), words.end(), std::back_inserter(kept),
               [](std::string_view w) { return !IsNoName(w); });
  return Joined(kept, 0, kept.size());
}

RosterName ParseRosterName(std::string_view text) {
  RosterName name;
  const std::size_t comma = text.find_first_of(",^");
  if (comma != text.npos && !CleanNamePart(text.substr(comma + 1)).empty()) {
    name.last = CleanNamePart(text.substr(0, comma));
    SplitGiven(text.substr(comma + 1), &name);
    return name;
  }
  const std::string clean = CleanNamePart(text);
  const std::vector<std::string_view> words = Words(clean, " \t");
  if (words.empty()) return name;
  std::size_t last = words.size() - 1;
  while (last > 1 && IsParticle(words[last - 1])) --last;
  name.last = Joined(words, last, words.size());
  SplitGiven(Joined(words, 0, last), &name);
  return name;
}

}  // namespace phiwire
