// SPDX-License-Identifier: Apache-2.0

#include "rules/roster_index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/numbered_types.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

// USPS Publication 28, appendix C1: the street suffixes in common use.
constexpr std::pair<std::string_view, std::string_view> kSuffixes[] = {
    {"avenue", "ave"},  {"boulevard", "blvd"}, {"circle", "cir"},
    {"court", "ct"},    {"drive", "dr"},       {"highway", "hwy"},
    {"lane", "ln"},     {"parkway", "pkwy"},   {"place", "pl"},
    {"road", "rd"},     {"square", "sq"},      {"street", "st"},
    {"terrace", "ter"}, {"trail", "trl"},      {"way", "wy"}};

constexpr std::string_view kUnits[] = {"apartment", "apt", "unit",  "suite",
                                       "ste",       "fl",  "floor", "rm"};

std::string Join(const std::vector<std::string>& words, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ' ';
    out += words[i];
  }
  return out;
}

bool HasNumber(PhiType type) {
  return IsNumbered(type) || type == PhiType::kZip ||
         type == PhiType::kUsername;
}

bool HasDigit(std::string_view value) {
  return value.find_first_of("0123456789") != value.npos;
}

}  // namespace

void RosterIndex::AddName(std::string_view first, std::string_view middle,
                          std::string_view last) {
  names_.Add(first, middle, last);
}

bool RosterIndex::AddDate(const CivilDate& date) { return dates_.Add(date); }

// As written, with its suffix long and short, and without the apartment.
void RosterIndex::AddStreet(std::string_view value) {
  std::vector<std::string> words = SplitWords(value);
  // One word is a town quarter at best, or half the language.
  if (words.size() < 2) return;
  std::size_t end = 1;
  while (end < words.size() && std::find(std::begin(kUnits), std::end(kUnits),
                                         words[end]) == std::end(kUnits)) {
    ++end;
  }
  for (const std::size_t count : {words.size(), end}) {
    if (count < 2) continue;
    pending_.emplace(Join(words, count), PhiType::kStreet);
    for (const auto& [full, brief] : kSuffixes) {
      for (std::size_t w = count; w-- > 1;) {
        if (words[w] != full && words[w] != brief) continue;
        std::vector<std::string> other = words;
        other[w] = words[w] == full ? brief : full;
        pending_.emplace(Join(other, count), PhiType::kStreet);
        break;
      }
    }
  }
}

void RosterIndex::AddValue(std::string_view value, PhiType type) {
  if (type == PhiType::kStreet) return AddStreet(value);
  if (HasNumber(type) && HasDigit(value)) {
    numbers_.Add(value, type);
    return;
  }
  const std::vector<std::string> words = SplitWords(value);
  if (!words.empty()) pending_.emplace(Join(words, words.size()), type);
}

void RosterIndex::Finish(std::size_t people) {
  people_ = people;
  names_.Finish(people);
  std::vector<KnownValue> values;
  values.reserve(pending_.size());
  for (const auto& [value, type] : pending_) values.push_back({value, type});
  phrases_.emplace(values);
  pending_.clear();
}

KnownMatch RosterIndex::MatchAt(const Document& document, std::size_t i) const {
  const Token& t = document.tokens[i];
  KnownMatch best = dates_.Match(document, i);
  const KnownMatch number = numbers_.Match(document, i);
  if (number.first <= number.last &&
      (best.first > best.last || number.last > best.last)) {
    best = number;
  }
  if (best.first <= best.last || t.kind != TokenKind::kWord) return best;
  return names_.Match(document, i);
}

void RosterIndex::Find(const Document& document,
                       std::vector<KnownMatch>* matches) const {
  if (phrases_) phrases_->Find(document, matches);
  for (std::size_t i = 0; i < document.tokens.size(); ++i) {
    if (!IsWordToken(document.tokens[i])) continue;
    const KnownMatch match = MatchAt(document, i);
    if (match.first > match.last) continue;
    matches->push_back(match);
    // A lone name may begin a full one's second half: only proof is skipped.
    if (match.evidence == 0) i = match.last;
  }
}

}  // namespace phiwire
