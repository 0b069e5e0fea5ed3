// SPDX-License-Identifier: Apache-2.0
//
// Street addresses from their suffix ("Street", "Ave"), or from the prefix
// that Romance languages use ("Calle Luna 44").

#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr std::string_view kPlainWords[] = {
    "street", "avenue", "road", "lane",  "boulevard", "blvd",
    "ave",    "rd",     "st",   "drive", "court"};
constexpr WordSet kPlainSuffixes(kPlainWords);

constexpr std::string_view kDirectionWords[] = {
    "n",         "s",         "e",         "w",        "ne",   "nw",
    "se",        "sw",        "north",     "south",    "east", "west",
    "northeast", "northwest", "southeast", "southwest"};
constexpr WordSet kDirections(kDirectionWords);

constexpr std::string_view kUnitNames[] = {
    "apt",  "apartment", "appt", "unit",     "suite", "ste",
    "flat", "lot",       "bldg", "building", "floor", "fl",
    "rm",   "room",      "trlr", "spc",      "no",    "box"};
constexpr WordSet kUnits(kUnitNames);

bool IsHouseNumber(const Document& d, const Token& t) {
  if (IsNumber(t)) return Length(t) <= 6;
  // 12A, 12-14 has its own tokens; 3rd and 45mg are none.
  return IsMixed(t) && Length(t) <= 6 && d.text[t.begin] >= '0' &&
         d.text[t.begin] <= '9' && !(d.text[t.end - 1] == 'h') &&
         !(d.text[t.end - 1] == 'd') && t.letter_case != Case::kLower;
}

// Token behind "NW", "South", and ", Apt 4B" or "#12".
std::size_t Extend(const Document& d, std::size_t last) {
  const auto& tokens = d.tokens;
  std::size_t end = last;
  std::size_t i = last;
  if (i < tokens.size() && IsSymbol(tokens[i], '.')) ++i;
  if (i < tokens.size() && kDirections.Has(tokens[i].hash) &&
      IsCapitalised(d, tokens[i])) {
    end = ++i;
  }
  if (i < tokens.size() && IsSymbol(tokens[i], ',')) ++i;
  bool unit = false;
  if (i < tokens.size() && IsWord(tokens[i]) && kUnits.Has(tokens[i].hash)) {
    unit = true;
    ++i;
    if (i < tokens.size() && IsSymbol(tokens[i], '.')) ++i;
  }
  if (i < tokens.size() && IsSymbol(tokens[i], '#')) {
    unit = true;
    ++i;
  }
  if (!unit || i >= tokens.size()) return end;
  const Token& value = tokens[i];
  const bool letter = value.letter_case == Case::kInitial;
  if (!IsNumber(value) && !IsMixed(value) && !letter) return end;
  end = i + 1;
  // 4-B
  if (end + 1 < tokens.size() && IsSymbol(tokens[end], '-') &&
      Joined(tokens[end - 1], tokens[end]) &&
      Joined(tokens[end], tokens[end + 1])) {
    end += 2;
  }
  return end;
}

bool IsStreetWord(const Document& d, const Token& t) {
  if (IsNameWord(d, t) && !IsTitleWord(t.hash)) return true;
  if (IsMixed(t)) return true;  // 3rd
  return IsCapitalised(d, t) && kDirections.Has(t.hash);
}

struct Left {
  std::size_t first = 0;   // first token of the words
  std::size_t number = 0;  // the house number; == first when there is none
  std::size_t words = 0;
};

// Name words left of the suffix, then a house number.
Left WalkWords(const Document& d, std::size_t suffix) {
  const auto& tokens = d.tokens;
  Left out{suffix, suffix, 0};
  std::size_t i = suffix;
  bool lower = false;
  while (i > 0 && suffix - i < kMaxRun && out.words < 5) {
    const Token& t = tokens[i - 1];
    const bool inner = i > 1 && (IsSymbol(t, '\'') || IsSymbol(t, '-')) &&
                       Joined(tokens[i - 2], t);
    const bool stop = i > 1 && IsSymbol(t, '.') && IsWord(tokens[i - 2]) &&
                      Length(tokens[i - 2]) <= 3;
    const bool filler = IsHash(t, "s") || IsHash(t, "de") || IsHash(t, "la");
    if (IsStreetWord(d, t)) {
      out.first = --i;
      ++out.words;
    } else if (out.words > 0 && !lower && IsHouseNumber(d, t)) {
      break;
    } else if (IsWord(t) && t.letter_case == Case::kLower && !filler &&
               kPlainSuffixes.Has(tokens[suffix].hash) &&
               !IsFunctionWord(t.hash) && !IsUnitWord(t.hash) &&
               out.words < 2) {
      lower = true;  // "14 maple street", only with its number
      --i;
      ++out.words;
    } else if (inner || stop || filler) {
      --i;
    } else {
      break;
    }
  }
  out.number = out.first;
  const bool has_number =
      i > 0 && out.words > 0 && IsHouseNumber(d, tokens[i - 1]);
  if (has_number) {
    std::size_t number = i - 1;
    // 12-14 Maple Street; 12 1/2 is rare enough
    if (number >= 2 && IsSymbol(tokens[number - 1], '-') &&
        IsNumber(tokens[number - 2]) &&
        Joined(tokens[number - 1], tokens[number])) {
      number -= 2;
    }
    out.number = number;
    out.first = i;
  } else if (lower) {
    out.words = 0;
  }
  // Ordinals count as house numbers only when a word follows: "88 3rd St".
  if (!has_number && out.first < suffix && IsMixed(tokens[out.first]) &&
      out.words > 1 && IsHouseNumber(d, tokens[out.first])) {
    out.number = out.first;
    ++out.first;
  }
  return out;
}

bool Finish(const Document& d, std::size_t first, std::size_t last, bool strong,
            Walked* out) {
  const std::size_t end = Extend(d, last);
  *out = {d.tokens[first].begin, d.tokens[end - 1].end, strong};
  return true;
}

}  // namespace

bool WalkStreetNumbered(const Document& d, const WalkStart& start,
                        Walked* out) {
  const Left left = WalkWords(d, start.first);
  if (left.words == 0 || left.number == left.first) return false;
  return Finish(d, left.number, start.last, true, out);
}

bool WalkStreet(const Document& d, const WalkStart& start, Walked* out) {
  if (!IsCapitalised(d, d.tokens[start.first])) return false;
  const Left left = WalkWords(d, start.first);
  if (left.words == 0 || left.number != left.first) return false;
  if (IsGenericWord(d.tokens[left.first].hash) && left.words == 1) return false;
  return Finish(d, left.first, start.last,
                kPlainSuffixes.Has(d.tokens[start.first].hash), out);
}

bool WalkStreetPrefix(const Document& d, const WalkStart& start, Walked* out) {
  if (!IsCapitalised(d, d.tokens[start.first])) return false;
  std::size_t last = RunRight(d, start.last, {.max_words = 4});
  if (last == start.last) return false;
  std::size_t i = last;
  while (i < d.tokens.size() && i < last + 3 &&
         (IsSymbol(d.tokens[i], ',') || IsSymbol(d.tokens[i], '#') ||
          IsHash(d.tokens[i], "no") || IsSymbol(d.tokens[i], '.'))) {
    ++i;
  }
  const bool number =
      i < d.tokens.size() && IsNumber(d.tokens[i]) && Length(d.tokens[i]) <= 5;
  *out = {d.tokens[start.first].begin, d.tokens[number ? i : last - 1].end,
          number};
  return true;
}

bool WalkLabelledAddress(const Document& d, const WalkStart& start,
                         Walked* out) {
  const ValueStart value = SkipConnectors(d, start.last);
  if (!value.found || !IsHouseNumber(d, d.tokens[value.token])) return false;
  const std::size_t last =
      RunRight(d, value.token + 1, {.max_words = 5, .digits = true});
  if (last <= value.token + 1) return false;
  return Finish(d, value.token, last, true, out);
}

}  // namespace phiwire
