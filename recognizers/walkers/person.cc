// SPDX-License-Identifier: Apache-2.0
//
// Names by their shapes: behind a title, before a credential, "Last, First",
// LAST^FIRST. What makes a name of a word is the evidence model's to weigh.

#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr std::string_view kSureTitles[] = {
    "dr", "mr", "mrs", "ms", "mx", "miss", "drs", "prof", "sra", "doctor"};
constexpr WordSet kSure(kSureTitles);

bool IsPersonWord(const Document& d, const Token& t) {
  return IsNameWord(d, t) && !IsTitleWord(t.hash) && !IsCredential(t.hash);
}

// The end of a name that begins at `begin`: no title, no credential in it.
std::size_t NameEnd(const Document& d, std::size_t begin, std::size_t words) {
  std::size_t last = RunRight(d, begin, {.max_words = words});
  for (std::size_t i = begin; i < last; ++i) {
    const Token& t = d.tokens[i];
    if (i > begin && IsWord(t) && IsCredential(t.hash) &&
        t.letter_case == Case::kUpper) {
      last = i;
      break;
    }
  }
  while (last > begin && d.tokens[last - 1].kind == TokenKind::kPunct) --last;
  // The full stop of a last initial is the name's: "Doe, John A."
  if (last > begin + 1 && d.tokens[last - 1].letter_case == Case::kInitial &&
      last < d.tokens.size() && IsSymbol(d.tokens[last], '.')) {
    ++last;
  }
  // A possessive 's stays outside.
  if (last > begin + 1 && IsHash(d.tokens[last - 1], "s")) last -= 2;
  return last;
}

bool IsLineStart(const Document& d, std::size_t i) {
  if (i == 0) return true;
  const Token& t = d.tokens[i - 1];
  return IsNewline(t) || IsSymbol(t, ':') || IsSymbol(t, '|') ||
         IsSymbol(t, '(') || IsSymbol(t, '"') || IsSymbol(t, '=');
}

}  // namespace

bool WalkPersonTitle(const Document& d, const WalkStart& start, Walked* out) {
  std::size_t begin = start.last;
  bool stop = false;
  if (begin < d.tokens.size() && IsSymbol(d.tokens[begin], '.')) {
    stop = true;
    ++begin;
  }
  if (begin >= d.tokens.size()) return false;
  const Token& title = d.tokens[start.first];
  const bool sure = kSure.Has(title.hash);
  if (!sure && stop && Length(title) > 4) return false;
  if (!IsPersonWord(d, d.tokens[begin])) return false;
  const std::size_t last = NameEnd(d, begin, 4);
  if (last == begin) return false;
  *out = {d.tokens[begin].begin, d.tokens[last - 1].end, sure};
  return true;
}

bool WalkPersonCredential(const Document& d, const WalkStart& start,
                          Walked* out) {
  const Token& credential = d.tokens[start.first];
  if (credential.letter_case != Case::kUpper &&
      credential.letter_case != Case::kMixed && !IsCapitalised(d, credential)) {
    return false;
  }
  if (start.first == 0) return false;
  const bool comma = IsSymbol(d.tokens[start.first - 1], ',');
  const std::size_t end = comma ? start.first - 1 : start.first;
  std::size_t first = RunLeft(d, end, {.max_words = 4});
  while (first < end && !IsPersonWord(d, d.tokens[first])) ++first;
  if (first == end || IsCredential(d.tokens[end - 1].hash)) return false;
  const bool several = end - first > 1;
  if (!comma && !several) return false;
  const bool shouting = d.tokens[first].letter_case == Case::kUpper;
  *out = {d.tokens[first].begin, d.tokens[end - 1].end,
          several && (comma || !shouting)};
  return true;
}

bool WalkNameList(const Document& d, const WalkStart& start, Walked* out) {
  const std::size_t first_name = start.last;
  if (first_name < 2 || first_name >= d.tokens.size()) return false;
  if (!IsSymbol(d.tokens[first_name - 1], ',')) return false;
  const Token& given = d.tokens[first_name];
  if (!IsPersonWord(d, given)) return false;
  const std::size_t comma = first_name - 1;
  std::size_t first = RunLeft(d, comma, {.max_words = 2});
  while (first < comma && !IsPersonWord(d, d.tokens[first])) ++first;
  if (first == comma) return false;
  const Token& family = d.tokens[comma - 1];
  if (family.letter_case != given.letter_case && Length(given) > 1 &&
      family.letter_case != Case::kMixed) {
    return false;
  }
  const std::size_t last = NameEnd(d, first_name, 2);
  if (last == first_name) return false;
  const bool initial = last > first_name + 1 &&
                       d.tokens[first_name + 1].letter_case == Case::kInitial;
  const bool known = d.facts(comma - 1).lex.last > 0 &&
                     d.facts(first_name).lex.first > 0 &&
                     (d.facts(first_name).lex.flags & kLexDictionary) == 0;
  *out = {d.tokens[first].begin, d.tokens[last - 1].end,
          initial || known || IsLineStart(d, first)};
  return true;
}

bool WalkNameCaret(const Document& d, const WalkStart& start, Walked* out) {
  constexpr std::size_t kComponents = 3;
  const std::size_t caret = start.first;
  if (caret == 0 || caret + 1 >= d.tokens.size()) return false;
  std::size_t first = caret - 1;
  while (first > 0 &&
         (IsSymbol(d.tokens[first - 1], '-') ||
          IsSymbol(d.tokens[first - 1], '\'') || IsWord(d.tokens[first - 1])) &&
         caret - first < 5 && Joined(d.tokens[first - 1], d.tokens[first])) {
    --first;
  }
  if (first > 0 && IsSymbol(d.tokens[first - 1], '^')) return false;
  const Case style = d.tokens[caret - 1].letter_case;
  bool strong = style == Case::kUpper || style == Case::kTitle;
  std::size_t last = caret;
  std::size_t components = 1;
  for (std::size_t i = caret;
       i + 1 < d.tokens.size() && components < kComponents; i += 2) {
    const Token& t = d.tokens[i + 1];
    if (!IsSymbol(d.tokens[i], '^') || !IsCapitalised(d, t)) break;
    strong = strong && (t.letter_case == style || Length(t) == 1);
    last = i + 2;
    ++components;
  }
  if (last == caret || Length(d.tokens[caret - 1]) < 2) return false;
  const LexEntry& second = d.facts(caret + 1).lex;
  if ((second.flags & (kLexMedical | kLexDrug)) != 0 && second.first == 0) {
    return false;  // GLU^Glucose is a code
  }
  *out = {d.tokens[first].begin, d.tokens[last - 1].end, strong};
  return true;
}

bool WalkLabelledName(const Document& d, const WalkStart& start, Walked* out) {
  std::size_t begin = start.last;
  bool sign = false;
  while (begin < d.tokens.size() && begin < start.last + 3 &&
         (IsSymbol(d.tokens[begin], ':') || IsSymbol(d.tokens[begin], '=') ||
          IsSymbol(d.tokens[begin], '"') || IsSymbol(d.tokens[begin], ','))) {
    sign = sign || !IsSymbol(d.tokens[begin], ',');
    ++begin;
  }
  if (begin >= d.tokens.size()) return false;
  const Token& name = d.tokens[begin];
  if (!IsPersonWord(d, name) || IsGenericWord(name.hash)) return false;
  const std::size_t last = NameEnd(d, begin, 4);
  if (last == begin) return false;
  *out = {name.begin, d.tokens[last - 1].end, sign};
  return true;
}

}  // namespace phiwire
