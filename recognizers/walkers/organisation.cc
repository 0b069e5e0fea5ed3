// SPDX-License-Identifier: Apache-2.0
//
// Organisations from their head word ("Hospital", "LLC", "High School") to
// the capitalised words before it, and from "University of" to those behind.

#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr RunOptions kNameRun{.max_words = 6, .connectors = true};

// Words at the left edge that only introduce: "The", "Dr.", "At Mercy".
std::size_t TrimLeft(const Document& d, std::size_t first, std::size_t last) {
  while (first < last && (!IsNameWord(d, d.tokens[first]) ||
                          IsTitleWord(d.tokens[first].hash))) {
    ++first;
  }
  return first;
}

// At least one word of [first, last) is more than a common noun of the trade.
bool Specific(const Document& d, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    if (IsNameWord(d, d.tokens[i]) && !IsGenericWord(d.tokens[i].hash) &&
        Length(d.tokens[i]) > 1) {
      return true;
    }
  }
  return false;
}

// "of Springfield" behind a head word.
std::size_t ExtendOf(const Document& d, std::size_t last) {
  if (last + 1 >= d.tokens.size() || !IsHash(d.tokens[last], "of")) return last;
  const std::size_t end = RunRight(d, last + 1, {.max_words = 3});
  return end > last + 1 ? end : last;
}

bool FromHead(const Document& d, const WalkStart& start, bool phrase_alone,
              Walked* out) {
  const Token& head = d.tokens[start.first];
  if (!IsCapitalised(d, head)) return false;
  std::size_t first = RunLeft(d, start.first, kNameRun);
  first = TrimLeft(d, first, start.first);
  const bool specific = Specific(d, first, start.first);
  if (!specific && !phrase_alone) return false;
  if (!specific) first = start.first;
  const std::size_t last = ExtendOf(d, start.last);
  // An all-capitals line proves nothing by its capitals.
  const bool shouting =
      head.letter_case == Case::kUpper && start.first - first > 3;
  *out = {d.tokens[first].begin, d.tokens[last - 1].end, specific && !shouting};
  return true;
}

}  // namespace

bool WalkOrganisation(const Document& d, const WalkStart& start, Walked* out) {
  return FromHead(d, start, false, out);
}

bool WalkOrganisationOrPhrase(const Document& d, const WalkStart& start,
                              Walked* out) {
  return FromHead(d, start, true, out);
}

bool WalkOrganisationRight(const Document& d, const WalkStart& start,
                           Walked* out) {
  if (!IsCapitalised(d, d.tokens[start.first])) return false;
  const std::size_t last = RunRight(d, start.last, {.max_words = 4});
  if (last == start.last) return false;
  *out = {d.tokens[start.first].begin, d.tokens[last - 1].end, true};
  return true;
}

bool WalkLabelledOrganisation(const Document& d, const WalkStart& start,
                              Walked* out) {
  const ValueStart value = SkipConnectors(d, start.last);
  if (!value.found || value.line_break) return false;
  if (!IsNameWord(d, d.tokens[value.token])) return false;
  const std::size_t last = RunRight(d, value.token, kNameRun);
  if (last == value.token || !Specific(d, value.token, last)) return false;
  *out = {d.tokens[value.token].begin, d.tokens[last - 1].end, true};
  return true;
}

bool WalkSaint(const Document& d, const WalkStart& start, Walked* out) {
  if (!IsCapitalised(d, d.tokens[start.first])) return false;
  std::size_t begin = start.last;
  if (begin < d.tokens.size() && IsSymbol(d.tokens[begin], '.')) ++begin;
  if (begin >= d.tokens.size() || !IsNameWord(d, d.tokens[begin])) return false;
  std::size_t last = begin + 1;
  bool possessive = false;
  if (last + 1 < d.tokens.size() && IsSymbol(d.tokens[last], '\'') &&
      IsHash(d.tokens[last + 1], "s") &&
      Joined(d.tokens[last], d.tokens[last + 1])) {
    possessive = true;
    last += 2;
  }
  last = std::max(last, RunRight(d, last, {.max_words = 3}));
  // A house number before it, or ", MO" behind, is a street or a town.
  if (last + 1 < d.tokens.size() && IsSymbol(d.tokens[last], ',') &&
      d.tokens[last + 1].letter_case == Case::kUpper &&
      Length(d.tokens[last + 1]) == 2) {
    return false;
  }
  *out = {d.tokens[start.first].begin, d.tokens[last - 1].end, possessive};
  return true;
}

}  // namespace phiwire
