// SPDX-License-Identifier: Apache-2.0
//
// Places: "City, ST", counties, and places named by a head word ("Cedar
// River", "Lake Winnebago").

#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

// State codes that are also words, credentials or abbreviations of a chart.
constexpr std::string_view kDoubtful[] = {
    "al", "co", "de", "hi", "id", "in", "la", "ma", "md", "me", "mi", "ms",
    "mt", "ne", "ok", "or", "pa", "pr", "sc", "vt", "va", "ct", "dc", "vic"};
constexpr WordSet kDoubtfulStates(kDoubtful);

bool IsPostCode(const Document& d, std::size_t i) {
  if (i < d.tokens.size() && IsSymbol(d.tokens[i], ',')) ++i;
  return i < d.tokens.size() && IsNumber(d.tokens[i]) &&
         (Length(d.tokens[i]) == 5 || Length(d.tokens[i]) == 4);
}

// The name before token `end`, at most three words, without function words.
std::size_t PlaceBefore(const Document& d, std::size_t end) {
  std::size_t first = RunLeft(d, end, {.max_words = 3});
  while (first < end && (!IsNameWord(d, d.tokens[first]) ||
                         IsCredential(d.tokens[first].hash))) {
    ++first;
  }
  return first;
}

}  // namespace

bool WalkCityState(const Document& d, const WalkStart& start, Walked* out) {
  const Token& state = d.tokens[start.first];
  const bool code = Length(state) == 2;
  if (code ? state.letter_case != Case::kUpper : !IsCapitalised(d, state)) {
    return false;
  }
  if (start.first < 2) return false;
  const bool comma = IsSymbol(d.tokens[start.first - 1], ',');
  const bool zip = IsPostCode(d, start.last);
  if (!comma && !(zip && code)) return false;
  const std::size_t end = comma ? start.first - 1 : start.first;
  const std::size_t first = PlaceBefore(d, end);
  if (first == end) return false;
  const Token& last = d.tokens[end - 1];
  const bool known = d.facts(end - 1).lex.city > 0;
  const bool doubtful = code && kDoubtfulStates.Has(state.hash);
  *out = {d.tokens[first].begin, last.end, zip || known || !doubtful};
  return true;
}

bool WalkCounty(const Document& d, const WalkStart& start, Walked* out) {
  const Token& head = d.tokens[start.first];
  const std::size_t first = PlaceBefore(d, start.first);
  if (first == start.first) return false;
  if (first + 1 == start.first && IsGenericWord(d.tokens[first].hash)) {
    return false;
  }
  // "Co" is a company more often than a county, and "Co." no better.
  const bool strong = IsCapitalised(d, head) && Length(head) > 2;
  *out = {d.tokens[first].begin, head.end, strong};
  return true;
}

bool WalkCountyPrefix(const Document& d, const WalkStart& start, Walked* out) {
  const Token& head = d.tokens[start.first];
  if (!IsCapitalised(d, head)) return false;
  std::size_t begin = start.last;  // "Co. Mayo"
  if (begin < d.tokens.size() && IsSymbol(d.tokens[begin], '.')) ++begin;
  const std::size_t last = RunRight(d, begin, {.max_words = 1});
  if (last == begin) return false;
  const Token& name = d.tokens[last - 1];
  if (IsGenericWord(name.hash)) return false;
  const bool word = (d.facts(last - 1).lex.flags & kLexDictionary) != 0;
  *out = {head.begin, name.end, !word && head.letter_case == Case::kTitle};
  return true;
}

bool WalkPlaceLeft(const Document& d, const WalkStart& start, Walked* out) {
  const Token& head = d.tokens[start.first];
  if (!IsCapitalised(d, head)) return false;
  const std::size_t first = PlaceBefore(d, start.first);
  if (first == start.first) return false;
  bool specific = false;
  for (std::size_t i = first; i < start.first; ++i) {
    specific = specific ||
               (IsNameWord(d, d.tokens[i]) && !IsGenericWord(d.tokens[i].hash));
  }
  if (!specific) return false;
  *out = {d.tokens[first].begin, head.end, true};
  return true;
}

bool WalkPlaceRight(const Document& d, const WalkStart& start, Walked* out) {
  const Token& head = d.tokens[start.first];
  if (!IsCapitalised(d, head)) return false;
  std::size_t begin = start.last;
  if (begin < d.tokens.size() && IsSymbol(d.tokens[begin], '.')) ++begin;
  const std::size_t last = RunRight(d, begin, {.max_words = 3});
  if (last == begin) return false;
  *out = {head.begin, d.tokens[last - 1].end, true};
  return true;
}

bool WalkLabelledPlace(const Document& d, const WalkStart& start, Walked* out) {
  const ValueStart value = SkipConnectors(d, start.last);
  if (!value.found || value.line_break) return false;
  if (!IsNameWord(d, d.tokens[value.token])) return false;
  const std::size_t last = RunRight(d, value.token, {.max_words = 3});
  if (last == value.token) return false;
  *out = {d.tokens[value.token].begin, d.tokens[last - 1].end, true};
  return true;
}

}  // namespace phiwire
