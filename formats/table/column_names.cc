// SPDX-License-Identifier: Apache-2.0

#include "formats/table/column_names.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "formats/table/column_words.h"

namespace phiwire {
namespace {

using table::Head;
using table::PhraseSet;
using Words = std::vector<std::string>;

// More than any name has; what is longer is a sentence.
constexpr std::size_t kMostWords = 12;
constexpr std::size_t kLongestName = 128;
constexpr std::size_t kLongestKept = 40;
constexpr std::size_t kDigitsOfAnId = 7;
constexpr int kOldestAge = 89;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// Whether a word begins at `i`: patientName, HTTPServer.
bool IsBreak(std::string_view name, std::size_t i) {
  if (!IsUpper(name[i]) || i == 0) return false;
  return IsLower(name[i - 1]) ||
         (IsUpper(name[i - 1]) && i + 1 < name.size() && IsLower(name[i + 1]));
}

// Lower-case words of letters; digits only number a column ("addr1").
Words SplitWords(std::string_view name) {
  Words words;
  bool open = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!IsUpper(c) && !IsLower(c)) {
      open = false;
      continue;
    }
    if (!open || IsBreak(name, i)) words.emplace_back();
    open = true;
    words.back() += IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

template <std::size_t N>
bool Among(const std::string_view (&set)[N], std::string_view word) {
  return std::find(std::begin(set), std::end(set), word) != std::end(set);
}

template <std::size_t N>
bool AnyAmong(const std::string_view (&set)[N], const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& w) { return Among(set, w); });
}

using PhraseIndex = std::unordered_map<std::string_view, const PhraseSet*>;

PhraseIndex IndexPhrases() {
  PhraseIndex index;
  for (const PhraseSet& set : table::kPhrases) {
    std::string_view rest = set.phrases;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      index.emplace(rest.substr(0, end), &set);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return index;
}

const PhraseSet* FindPhrase(std::string_view phrase) {
  static const PhraseIndex index = IndexPhrases();
  const auto it = index.find(phrase);
  return it == index.end() ? nullptr : it->second;
}

std::string Joined(const Words& words, std::size_t begin) {
  std::string out;
  for (std::size_t i = begin; i < words.size(); ++i) out += words[i];
  return out;
}

struct Match {
  const PhraseSet* phrase = nullptr;
  std::string words;  // the phrase itself
  Words before;       // the words the phrase does not cover
};

bool IsModifier(std::string_view word) {
  return Among(table::kPatientWords, word) || Among(table::kPersons, word) ||
         Among(table::kQualifiers, word) || Among(table::kFacilities, word) ||
         Among(table::kEmployers, word) || Among(table::kThings, word) ||
         Among(table::kPlans, word) || Among(table::kAccounts, word) ||
         Among(table::kVocabularies, word) || word == "encounter" ||
         word == "birth" || word == "visit" || word == "admission";
}

// "patientname", "encounterid": a word made of a known one and a phrase.
std::optional<Match> MatchInside(const Words& words) {
  const std::string& last = words.back();
  for (std::size_t at = 2; at + 2 <= last.size(); ++at) {
    const PhraseSet* phrase = FindPhrase(std::string_view(last).substr(at));
    if (phrase == nullptr || !IsModifier(last.substr(0, at))) continue;
    Match match{phrase, last.substr(at), Words(words.begin(), words.end() - 1)};
    match.before.push_back(last.substr(0, at));
    return match;
  }
  return std::nullopt;
}

// The longest phrase the words end in; words that only qualify what is before
// them ("phone_home", "dob_raw") are passed over.
std::optional<Match> FindMatch(Words words) {
  while (!words.empty()) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string phrase = Joined(words, i);
      if (const PhraseSet* set = FindPhrase(phrase)) {
        words.resize(i);
        return Match{set, std::move(phrase), std::move(words)};
      }
    }
    if (auto inside = MatchInside(words)) return inside;
    if (!Among(table::kQualifiers, words.back())) break;
    words.pop_back();
  }
  return std::nullopt;
}

ColumnRule RuleOfName(const Words& before) {
  if (AnyAmong(table::kPersons, before)) {
    return table::Name(NamePart::kWhole);
  }
  if (before.empty()) return table::Name(NamePart::kWhole);
  const std::string& last = before.back();
  if (Among(table::kEmployers, last)) return table::Words(PhiType::kEmployer);
  if (Among(table::kFacilities, last)) return table::Words(PhiType::kFacility);
  if (Among(table::kThings, last)) return table::kProse;
  return table::Name(NamePart::kWhole);
}

ColumnRule RuleOfPersonId(std::string_view word) {
  if (word == "patient" || word == "pt" || word == "pat") {
    return table::Number(PhiType::kMedicalRecord, 4);
  }
  if (word == "beneficiary" || word == "bene" || word == "enrollee") {
    return table::Number(PhiType::kHealthPlan, 2);
  }
  return table::Number(PhiType::kId, 3);
}

ColumnRule RuleOfId(const Words& before) {
  using table::Number;
  if (before.empty()) return Number(PhiType::kId, 1);
  const std::string& last = before.back();
  if (Among(table::kVocabularies, last)) return table::kKept;
  if (Among(table::kRecordKeepers, last)) {
    return Number(PhiType::kMedicalRecord, 5);
  }
  if (last == "member") return Number(PhiType::kHealthPlan, 2);
  if (AnyAmong(table::kPlans, before)) return Number(PhiType::kHealthPlan);
  if (AnyAmong(table::kAccounts, before)) return Number(PhiType::kAccount);
  if (AnyAmong(table::kLicenses, before)) return Number(PhiType::kLicense);
  if (AnyAmong(table::kDevices, before)) return Number(PhiType::kDevice);
  if (Among(table::kPatientWords, last)) return RuleOfPersonId(last);
  return Number(PhiType::kId);
}

ColumnRule RuleOf(const Match& match) {
  switch (match.phrase->head) {
    case Head::kName:
      return RuleOfName(match.before);
    case Head::kId:
      return RuleOfId(match.before);
    case Head::kCode:
      return AnyAmong(table::kCoded, match.before) ? table::Number(PhiType::kId)
                                                   : table::kKept;
    case Head::kMonth:
      return table::Slot(PhiType::kDate, SlotGrammar::kEmpty);
    case Head::kPlain:
      break;
  }
  return match.phrase->rule;
}

// "-12.345": at most six digits before the point.
bool IsDecimal(std::string_view value) {
  if (value.starts_with('-') || value.starts_with('+')) value.remove_prefix(1);
  const std::size_t whole = DigitsAt(value, 0);
  if (whole == 0 || whole >= kDigitsOfAnId) return false;
  if (whole == value.size()) return true;
  return value[whole] == '.' && whole + 1 < value.size() &&
         whole + 1 + DigitsAt(value, whole + 1) == value.size();
}

bool IsOwned(const ColumnRule& rule) { return rule.use == ColumnUse::kSlot; }

// The words before it that tell whose it is.
std::string OwnerOf(const Words& before) {
  std::string owner;
  for (const std::string& word : before) {
    if (Among(table::kPatientWords, word) || Among(table::kQualifiers, word)) {
      continue;
    }
    owner += word;
  }
  return owner;
}

// "provider", "mother": a column of that name alone names its owner.
std::string OwnerOf(const Match& match) {
  std::string owner = OwnerOf(match.before);
  if (match.phrase->head == Head::kPlain &&
      Among(table::kPersons, match.words)) {
    owner += match.words;
  }
  return owner;
}

}  // namespace

ColumnClass ClassifyColumnName(std::string_view name) {
  ColumnClass out;
  if (name.size() > kLongestName) return out;
  const Words words = SplitWords(name);
  if (words.empty() || words.size() > kMostWords) return out;
  if (words.size() > 1 &&
      (Among(table::kCountWords, words.front()) ||
       (words[0] == "number" && words[1] == "of") || words[0] == "num")) {
    static_cast<ColumnRule&>(out) = table::kKept;
    return out;
  }
  const std::optional<Match> match = FindMatch(words);
  if (!match) return out;
  static_cast<ColumnRule&>(out) = RuleOf(*match);
  if (!IsOwned(out)) return out;
  out.owner = OwnerOf(*match);
  // A provider's or relative's date and number are not the patient's.
  if (!out.owner.empty()) {
    const bool others = AnyAmong(table::kPersons, match->before);
    if (others) out.birth_date = false;
    if (others && out.type != PhiType::kHealthPlan) out.subject_rank = 0;
  }
  return out;
}

bool ColumnMayKeep(std::string_view value) {
  if (value.size() > kLongestKept) return false;
  if (IsDecimal(value)) return true;
  std::size_t digits = 0;  // in a row, separators apart
  std::size_t breaks = 0;  // separators of dates and phones among them
  for (const char c : value) {
    if (c == '@' || c == '\n' || (static_cast<unsigned char>(c) & 0x80) != 0) {
      return false;
    }
    if (IsDigit(c)) {
      ++digits;
    } else if (c == '-' || c == '/' || c == ' ' || c == '(' || c == ')') {
      if (digits > 0) ++breaks;
    } else if (c != '.') {
      digits = breaks = 0;
    }
    if (digits >= kDigitsOfAnId) return false;
    if (breaks >= 2 && digits >= 5) return false;
  }
  return true;
}

bool AgeMayStay(std::string_view value) {
  const std::size_t begin = value.find_first_not_of(' ');
  if (begin == value.npos) return true;
  value = value.substr(begin, value.find_last_not_of(' ') - begin + 1);
  const std::size_t digits = DigitsAt(value, 0);
  if (digits == 0 || digits > 2 || NumberAt(value, 0, digits) > kOldestAge) {
    return false;
  }
  if (digits == value.size()) return true;
  return value[digits] == '.' && digits + 1 < value.size() &&
         value.size() <= 8 &&
         DigitsAt(value, digits + 1) == value.size() - digits - 1;
}

}  // namespace phiwire
