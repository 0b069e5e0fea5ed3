// SPDX-License-Identifier: Apache-2.0
//
// Months alone, holidays, device identifiers (UDI) and file names.

#include <string_view>

#include "base/check_digits.h"
#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr std::string_view kVerbs[] = {"may", "march", "mar", "august", "sun"};
constexpr WordSet kAmbiguous(kVerbs);

bool IsSentenceStart(const Document& d, std::size_t i) {
  if (i == 0 || IsNewline(d.tokens[i - 1])) return true;
  return IsSymbol(d.tokens[i - 1], '.') || IsSymbol(d.tokens[i - 1], ':');
}

bool IsAlnum(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

}  // namespace

bool WalkMonth(const Document& d, const WalkStart& start, Walked* out) {
  const Token& t = d.tokens[start.first];
  const bool lower = t.letter_case == Case::kLower;
  const bool ambiguous = kAmbiguous.Has(t.hash);
  const bool abbreviated = Length(t) <= 4 && !IsHash(t, "june") &&
                           !IsHash(t, "july") && !IsHash(t, "may");
  if (lower && ambiguous) return false;
  const bool doubtful = t.letter_case == Case::kUpper || abbreviated ||
                        (ambiguous && IsSentenceStart(d, start.first));
  *out = {t.begin, t.end, !doubtful};
  return true;
}

bool WalkLastWord(const Document& d, const WalkStart& start, Walked* out) {
  const Token& t = d.tokens[start.last - 1];
  *out = {t.begin, t.end, IsCapitalised(d, t)};
  return IsCapitalised(d, t) || !kAmbiguous.Has(t.hash);
}

bool WalkHoliday(const Document& d, const WalkStart& start, Walked* out) {
  const Token& t = d.tokens[start.first];
  const bool lower = t.letter_case == Case::kLower;
  const bool phrase = start.last > start.first + 1;
  if (lower && !phrase && Length(t) < 6 && !IsHash(t, "xmas")) return false;
  std::size_t last = start.last;  // "Thanksgiving 2022"
  if (last < d.tokens.size() && IsNumber(d.tokens[last]) &&
      Length(d.tokens[last]) == 4 &&
      Surface(d, d.tokens[last]).substr(0, 2) == "20") {
    ++last;
  }
  *out = {t.begin, d.tokens[last - 1].end, true};
  return true;
}

bool WalkUdi(const Document& d, const WalkStart& start, Walked* out) {
  constexpr std::uint32_t kDeviceIdentifier = 18;  // "(01)" and 14 digits
  if (start.end < kDeviceIdentifier) return false;
  const std::string_view text = d.text;
  std::size_t end = start.end;
  for (int group = 0; group < 6; ++group) {
    std::size_t i = end;
    if (i < text.size() && text[i] == ' ') ++i;
    if (i + 4 >= text.size() || text[i] != '(' || text[i + 3] != ')') break;
    i += 4;
    const std::size_t value = i;
    while (i < text.size() && i < value + 20 &&
           (IsAlnum(text[i]) || text[i] == '-' || text[i] == '/')) {
      ++i;
    }
    if (i == value) break;
    end = i;
  }
  const bool valid = IsGtin(text.substr(start.end - 14, 14));
  *out = {start.end - kDeviceIdentifier, static_cast<std::uint32_t>(end),
          valid};
  return true;
}

bool WalkFileName(const Document& d, const WalkStart& start, Walked* out) {
  constexpr std::size_t kMaxName = 80;
  const std::string_view text = d.text.substr(0, start.end);
  const std::size_t dot = text.rfind('.');
  std::size_t begin = dot;
  bool shaped = false;
  while (begin > 0 && dot - begin < kMaxName) {
    const char c = text[begin - 1];
    if (!IsAlnum(c) && c != '_' && c != '-' && c != '.') break;
    shaped = shaped || c == '_' || c == '-' || (c >= '0' && c <= '9');
    --begin;
  }
  if (begin == dot) return false;
  *out = {static_cast<std::uint32_t>(begin), start.end, shaped};
  return true;
}

}  // namespace phiwire
