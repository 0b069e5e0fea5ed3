// SPDX-License-Identifier: Apache-2.0
//
// Values behind a label: record numbers, SSN digits, plates, pager numbers,
// log-in names. Any alphabet goes, as long as there are digits: hospitals
// number as they like.

#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "base/calendar.h"
#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxValue = 32;  // bytes
// A group has fewer tokens: a DICOM UID of 64 characters (PS3.5, 9.1) has 63.
// What stands behind is left to the model, so this is generous.
constexpr std::size_t kMaxGroup = 256;

bool IsJoiner(const Token& t) {
  return IsSymbol(t, '-') || IsSymbol(t, '/') || IsSymbol(t, '.') ||
         IsSymbol(t, '_') || IsSymbol(t, '*');
}

bool IsValuePiece(const Token& t) {
  return IsNumber(t) || IsMixed(t) ||
         (IsWord(t) &&
          (t.letter_case == Case::kUpper || t.letter_case == Case::kInitial));
}

// Token behind the pieces joined without white space from `i` on.
std::size_t GroupEnd(const Document& d, std::size_t i) {
  std::size_t last = i + 1;
  const std::size_t size = std::min(d.tokens.size(), i + kMaxGroup);
  while (last + 1 < size && IsJoiner(d.tokens[last]) &&
         Joined(d.tokens[last - 1], d.tokens[last]) &&
         Joined(d.tokens[last], d.tokens[last + 1]) &&
         (IsValuePiece(d.tokens[last + 1]) || IsWord(d.tokens[last + 1]))) {
    last += 2;
  }
  return last;
}

struct Count {
  std::size_t digits = 0;
  std::size_t letters = 0;
};

Count CountOf(const Document& d, std::size_t first, std::size_t last) {
  Count out;
  for (std::uint32_t i = d.tokens[first].begin; i < d.tokens[last - 1].end;
       ++i) {
    const char c = d.text[i];
    if (IsDigit(c)) ++out.digits;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ++out.letters;
  }
  return out;
}

// Behind the value something stands that makes it a measure, a time or a date.
bool IsMeasured(const Document& d, std::size_t last) {
  if (last >= d.tokens.size()) return false;
  const Token& t = d.tokens[last];
  if (IsSymbol(t, '%')) return true;
  if (IsSymbol(t, ':')) {
    return last + 1 < d.tokens.size() && IsNumber(d.tokens[last + 1]) &&
           Joined(d.tokens[last - 1], t) && Joined(t, d.tokens[last + 1]);
  }
  return IsWord(t) && IsUnitWord(t.hash) && t.letter_case != Case::kInitial;
}

bool IsDateLike(std::string_view s) {
  return ParseNumericDate(s, DateOrder::kMonthFirst).has_value();
}

// Another group of the number behind a single blank: "4471 223", "98 C".
bool IsNextGroup(const Document& d, std::size_t last, bool* closing) {
  if (last >= d.tokens.size()) return false;
  const Token& t = d.tokens[last];
  if (t.begin != d.tokens[last - 1].end + 1 || d.text[t.begin - 1] != ' ') {
    return false;
  }
  const std::size_t end = GroupEnd(d, last);
  const Count count = CountOf(d, last, end);
  *closing = t.letter_case == Case::kInitial;
  if (*closing) return end == last + 1 && !IsMeasured(d, end);
  if (!IsValuePiece(t) || count.digits < 2 || IsMeasured(d, end)) return false;
  return !IsDateLike(d.text.substr(t.begin, d.tokens[end - 1].end - t.begin));
}

// Token behind the whole value that begins at `first`.
std::size_t ValueEnd(const Document& d, std::size_t first) {
  std::size_t last = GroupEnd(d, first);
  bool closing = false;
  while (!closing && IsNextGroup(d, last, &closing)) {
    const std::size_t end = GroupEnd(d, last);
    if (d.tokens[end - 1].end - d.tokens[first].begin > kMaxValue) break;
    const Count so_far = CountOf(d, first, last);
    // After seven digits in one go only a short suffix belongs to it.
    const Count next = CountOf(d, last, end);
    if (closing && so_far.digits < 4) break;
    if (so_far.digits >= 7 && next.digits > 2 && last == first + 1) {
      break;
    }
    last = end;
  }
  return last;
}

bool Emit(const Document& d, std::size_t first, std::size_t last, bool strong,
          Walked* out) {
  *out = {d.tokens[first].begin, d.tokens[last - 1].end, strong};
  return true;
}

}  // namespace

bool WalkLabelledId(const Document& d, const WalkStart& start, Walked* out) {
  const ValueStart value = SkipConnectors(d, start.last);
  if (!value.found || !IsValuePiece(d.tokens[value.token])) return false;
  const std::string_view label = d.text.substr(
      d.tokens[start.first].begin, start.end - d.tokens[start.first].begin);
  std::size_t first = value.token;
  // "TX 12345678": the state before a licence is not part of it.
  const bool state = (d.facts(first).lex.flags & kLexState) != 0 ||
                     Length(d.tokens[first]) == 2;
  if (IsWord(d.tokens[first]) && state && GroupEnd(d, first) == first + 1 &&
      first + 1 < d.tokens.size() && IsNumber(d.tokens[first + 1]) &&
      Length(d.tokens[first + 1]) >= 6) {
    ++first;
  }
  const std::size_t last = ValueEnd(d, first);
  const Count count = CountOf(d, first, last);
  if (count.digits < 2 || count.digits + count.letters < 3) return false;
  if (IsMeasured(d, last)) return false;
  const std::string_view surface = d.text.substr(
      d.tokens[first].begin, d.tokens[last - 1].end - d.tokens[first].begin);
  if (IsDateLike(surface)) return false;
  const bool decimal = count.letters == 0 && count.digits < 6 &&
                       surface.find('.') != surface.npos;
  if (decimal) return false;
  const bool sign = value.explicit_sign || label.find('#') != label.npos;
  // Without ":" or "#", three digits behind a word are as often a count.
  if (!sign && count.digits < 4 && count.letters == 0) return false;
  if (value.line_break && !sign && count.digits < 5) return false;
  return Emit(d, first, last, sign || count.digits >= 5 || count.letters > 0,
              out);
}

bool WalkLabelledSsn(const Document& d, const WalkStart& start, Walked* out) {
  constexpr std::string_view kSkipped[] = {
      "last",   "four", "4",        "digits", "ending", "in",  "ends",
      "of",     "is",   "xxx",      "xx",     "with",   "the", "no",
      "number", "ssn",  "security", "x",      "are"};
  constexpr WordSet kSkip(kSkipped);
  std::size_t i = start.last;
  for (std::size_t n = 0; n < 10 && i < d.tokens.size(); ++n, ++i) {
    const Token& t = d.tokens[i];
    const bool skip =
        (t.kind == TokenKind::kPunct && !IsSymbol(t, ';')) || kSkip.Has(t.hash);
    if (!skip) break;
  }
  if (i >= d.tokens.size() || !IsNumber(d.tokens[i])) return false;
  std::size_t last = i + 1;
  while (last < d.tokens.size() && last < i + 5) {
    const Token& t = d.tokens[last];
    const bool group = IsNumber(t) && t.begin == d.tokens[last - 1].end + 1;
    const bool joined = IsSymbol(t, '-') && last + 1 < d.tokens.size() &&
                        Joined(t, d.tokens[last + 1]) &&
                        IsNumber(d.tokens[last + 1]);
    if (joined) {
      last += 2;
    } else if (group) {
      ++last;
    } else {
      break;
    }
  }
  const Count count = CountOf(d, i, last);
  if (count.digits != 9) last = i + 1;
  if (count.digits != 9 && Length(d.tokens[i]) != 4) return false;
  return !IsMeasured(d, last) && Emit(d, i, last, true, out);
}

bool WalkLabelledPlate(const Document& d, const WalkStart& start, Walked* out) {
  const ValueStart value = SkipConnectors(d, start.last);
  if (!value.found || !IsValuePiece(d.tokens[value.token])) return false;
  std::size_t last = GroupEnd(d, value.token);
  Count count = CountOf(d, value.token, last);
  // "ABC 1234", "7 ABC 123": groups of up to eight characters in all.
  while (last < d.tokens.size() && IsValuePiece(d.tokens[last]) &&
         d.tokens[last].begin == d.tokens[last - 1].end + 1) {
    const std::size_t end = GroupEnd(d, last);
    const Count all = CountOf(d, value.token, end);
    // Eight characters, and two more for a state before them.
    const bool state = Length(d.tokens[value.token]) == 2;
    if (all.digits + all.letters > (state ? 10U : 8U)) break;
    last = end;
    count = all;
  }
  if (count.digits == 0 || count.digits + count.letters < 3) return false;
  if (count.letters == 0 && count.digits < 4 && !value.explicit_sign) {
    return false;
  }
  if (IsMeasured(d, last)) return false;
  return Emit(d, value.token, last, value.explicit_sign || count.letters > 0,
              out);
}

bool WalkLabelledPhone(const Document& d, const WalkStart& start, Walked* out) {
  constexpr std::string_view kPagerWords[] = {
      "pager", "pgr",       "beeper", "beep",   "bleep",       "paged",
      "ext",   "extension", "extn",   "vocera", "spectralink", "spectra",
      "ascom", "fax",       "fx",     "page"};
  constexpr WordSet kPagers(kPagerWords);
  const ValueStart value = SkipConnectors(d, start.last);
  if (!value.found || value.line_break) return false;
  std::size_t first = value.token;
  // "x3-4432"
  if (IsHash(d.tokens[first], "x") && first + 1 < d.tokens.size()) ++first;
  if (!IsNumber(d.tokens[first])) return false;
  std::size_t last = first + 1;
  while (last + 1 < d.tokens.size() &&
         (IsSymbol(d.tokens[last], '-') || IsSymbol(d.tokens[last], '.')) &&
         Joined(d.tokens[last - 1], d.tokens[last]) &&
         Joined(d.tokens[last], d.tokens[last + 1]) &&
         IsNumber(d.tokens[last + 1])) {
    last += 2;
  }
  const Count count = CountOf(d, first, last);
  if (count.digits < 4 || count.digits > 11) return false;
  if (IsMeasured(d, last)) return false;
  if (last < d.tokens.size() &&
      (IsSymbol(d.tokens[last], '/') || IsSymbol(d.tokens[last], '.')) &&
      last + 1 < d.tokens.size() &&
      Joined(d.tokens[last], d.tokens[last + 1])) {
    return false;
  }
  const bool pager = kPagers.Has(d.tokens[start.first].hash);
  // Four digits behind "call" are a time or a year as often as not.
  if (!pager && count.digits < 5 && !value.explicit_sign) return false;
  const std::string_view digits = Surface(d, d.tokens[first]);
  const bool year =
      last == first + 1 && digits.size() == 4 &&
      (digits.substr(0, 2) == "19" || digits.substr(0, 2) == "20");
  return Emit(d, first, last,
              (pager && !year) || (value.explicit_sign && count.digits >= 5),
              out);
}

bool WalkLabelledUser(const Document& d, const WalkStart& start, Walked* out) {
  std::size_t i = start.last;
  bool sign = false;
  while (i < d.tokens.size() && i < start.last + 4 &&
         (IsSymbol(d.tokens[i], ':') || IsSymbol(d.tokens[i], '=') ||
          IsSymbol(d.tokens[i], '"') || IsSymbol(d.tokens[i], '\'') ||
          IsSymbol(d.tokens[i], '@') || IsHash(d.tokens[i], "is"))) {
    sign = true;
    ++i;
  }
  if (i >= d.tokens.size() || i == 0) return false;
  const Token& t = d.tokens[i];
  if ((!IsWord(t) && !IsMixed(t)) || IsFunctionWord(t.hash)) return false;
  std::size_t last = i + 1;
  bool shaped = IsMixed(t);
  while (last + 1 < d.tokens.size() &&
         (IsSymbol(d.tokens[last], '.') || IsSymbol(d.tokens[last], '_') ||
          IsSymbol(d.tokens[last], '-')) &&
         Joined(d.tokens[last - 1], d.tokens[last]) &&
         Joined(d.tokens[last], d.tokens[last + 1]) &&
         d.tokens[last + 1].kind != TokenKind::kPunct) {
    shaped = true;
    last += 2;
  }
  // "run by pgalvez": an unknown lower-case word behind "as" or "by".
  const Token& label = d.tokens[start.last - 1];
  const bool agent = IsHash(label, "by") || IsHash(label, "as");
  const bool unknown = t.letter_case == Case::kLower &&
                       d.facts(i).lex.zipf == 0 && d.facts(i).lex.flags == 0 &&
                       Length(t) > 3;
  if (!sign && !shaped && !(agent && unknown)) return false;
  if (IsMeasured(d, last)) return false;
  return Emit(d, i, last, sign || shaped, out);
}

bool WalkUserDotted(const Document& d, const WalkStart& start, Walked* out) {
  if (start.first == 0 || start.last >= d.tokens.size()) return false;
  const Token& before = d.tokens[start.first - 1];
  const Token& after = d.tokens[start.last];
  if (before.letter_case != Case::kLower || after.letter_case != Case::kLower ||
      !IsWord(before) || !IsWord(after) || Length(after) < 3 ||
      before.end != start.end - 1 || after.begin != start.end) {
    return false;
  }
  // "a.b.c" is a host or a package, "e.g. the" has its blank.
  const bool longer = after.end < d.text.size() && d.text[after.end] == '.' &&
                      after.end + 1 < d.text.size() &&
                      d.text[after.end + 1] > ' ';
  return !longer && Emit(d, start.first - 1, start.last + 1, true, out);
}

bool WalkLabelledWords(const Document& d, const WalkStart& start, Walked* out) {
  std::size_t i = start.last;
  if (i >= d.tokens.size() || !IsSymbol(d.tokens[i], ':')) return false;
  ++i;
  std::size_t last = i;
  while (last < d.tokens.size() && last < i + 3 && IsWord(d.tokens[last]))
    ++last;
  if (last == i || IsFunctionWord(d.tokens[i].hash)) return false;
  return Emit(d, i, last, true, out);
}

}  // namespace phiwire
