// SPDX-License-Identifier: Apache-2.0
//
// Classify(): what one character looks like. ICU 72's data decides where it
// can; the tables hold what no Unicode property says.

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/utf8.h"
#include "engine/canonical_escapes.h"
#include "engine/canonical_fold.h"

namespace phiwire {
namespace {

struct Row {
  std::u32string_view from;
  char to;
};

// Punctuation that neither NFKC nor a general category turns into ASCII.
constexpr Row kPunctuation[] = {
    // hyphen bullet, minus signs, box drawing, modifier and Arabic dashes
    {U"\u2043\u2212\u02D7\u207B\u208B\u2796\u2500\u2501\u23AF\u06D4\u2CBA"
     U"\u30FC\uFF70",
     '-'},
    {U"\u2018\u2019\u201A\u201B\u2032\u2035\u02B9\u02BB\u02BC\u02BD\u02C8"
     U"\u02CA\u02CB\u00B4\u2039\u203A\u05F3\uA78C\u275B\u275C\u07F4\u07F5",
     '\''},
    {U"\u201C\u201D\u201E\u201F\u2033\u2036\u00AB\u00BB\u301D\u301E\u301F"
     U"\u02BA\u02DD\u02EE\u05F4\u275D\u275E",
     '"'},
    {U"\u2024\u3002\uFF61\u0701\u0702\uA4F8\u066B", '.'},
    {U"\u2044\u2215\u29F8\u2571\u27CB\u1735\u2CC6\u3033", '/'},
    {U"\u2216\u29F5\u29F9\u27CD", '\\'},
    {U"\u2236\uA789\u02D0\u0589\u05C3\u0703\u0704\u16EC\uFE30", ':'},
    {U"\u060C\u3001\uFF64\u066C\u02CF\uA4F9", ','},
    {U"\u066A", '%'},
    {U"\u266F", '#'},
    {U"\u2768\u276A\u2774", '('},
    {U"\u2769\u276B\u2775", ')'},
    {U"\u3010\u27E6\u3014", '['},
    {U"\u3011\u27E7\u3015", ']'},
    {U"\u2795", '+'},
    {U"\u203F", '_'},
    {U"\u2217\u204E\u22C6\u066D", '*'},
    {U"\u223C\u02DC", '~'},
    {U"\u01C0\u2223\u2758", '|'},
    {U"\u2800", ' '},
    {U"\u0085", '\n'},
};

// Latin letters in other forms, without a decomposition in Unicode: small
// capitals, script a and g, dotless i, chess-board and regional letters apart.
constexpr Row kLatinForms[] = {
    {U"\u1D00\u0251", 'a'}, {U"\u0299", 'b'}, {U"\u1D04", 'c'},
    {U"\u1D05", 'd'},       {U"\u1D07", 'e'}, {U"\uA730", 'f'},
    {U"\u0262\u0261", 'g'}, {U"\u029C", 'h'}, {U"\u026A\u0131\u0269", 'i'},
    {U"\u1D0A\u0237", 'j'}, {U"\u1D0B", 'k'}, {U"\u029F", 'l'},
    {U"\u1D0D", 'm'},       {U"\u0274", 'n'}, {U"\u1D0F", 'o'},
    {U"\u1D18", 'p'},       {U"\uA7AF", 'q'}, {U"\u0280", 'r'},
    {U"\uA731", 's'},       {U"\u1D1B", 't'}, {U"\u1D1C", 'u'},
    {U"\u1D20", 'v'},       {U"\u1D21", 'w'}, {U"\u028F", 'y'},
    {U"\u1D22", 'z'},
};

// Letters of Cyrillic and Greek that a reader takes for Latin ones.
constexpr Row kLookAlikes[] = {
    {U"\u0410\u0391", 'A'},
    {U"\u0412\u0392", 'B'},
    {U"\u0421\u03F9", 'C'},
    {U"\u0415\u0395", 'E'},
    {U"\u050C", 'G'},
    {U"\u041D\u0397", 'H'},
    {U"\u0406\u0399\u04C0", 'I'},
    {U"\u0408\u037F", 'J'},
    {U"\u041A\u039A", 'K'},
    {U"\u041C\u039C", 'M'},
    {U"\u039D", 'N'},
    {U"\u041E\u039F", 'O'},
    {U"\u0420\u03A1", 'P'},
    {U"\u051A", 'Q'},
    {U"\u0405", 'S'},
    {U"\u0422\u03A4", 'T'},
    {U"\u0474", 'V'},
    {U"\u051C", 'W'},
    {U"\u0425\u03A7", 'X'},
    {U"\u0423\u04AE\u03A5", 'Y'},
    {U"\u0396", 'Z'},
    {U"\u0430\u03B1", 'a'},
    {U"\u0432", 'b'},
    {U"\u0441\u03F2", 'c'},
    {U"\u0501", 'd'},
    {U"\u0435", 'e'},
    {U"\u04BB\u043D", 'h'},
    {U"\u0456\u03B9", 'i'},
    {U"\u0458\u03F3", 'j'},
    {U"\u043A\u03BA", 'k'},
    {U"\u04CF", 'l'},
    {U"\u043C", 'm'},
    {U"\u043E\u03BF", 'o'},
    {U"\u0440\u03C1", 'p'},
    {U"\u051B", 'q'},
    {U"\u0455", 's'},
    {U"\u0442\u03C4", 't'},
    {U"\u03C5", 'u'},
    {U"\u0475\u03BD", 'v'},
    {U"\u051D", 'w'},
    {U"\u0445\u03C7", 'x'},
    {U"\u0443\u03B3\u04AF", 'y'},
};

template <std::size_t kRows>
char FindRow(const Row (&rows)[kRows], char32_t c) {
  for (const Row& row : rows) {
    if (row.from.find(c) != std::u32string_view::npos) return row.to;
  }
  return '\0';
}

Fold Make(char32_t c, FoldKind kind, std::string_view bytes = {}) {
  Fold out;
  out.code_point = c;
  out.kind = kind;
  out.size = static_cast<std::uint8_t>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

Fold Replace(char32_t c, char to) {
  return Make(c, FoldKind::kReplace, std::string_view(&to, 1));
}

bool Between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

// ICU's table of confusables, opened once, read-only, thread-safe.
const USpoofChecker* Confusables() {
  static const auto checker = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>(
        uspoof_open(&error), &uspoof_close);
  }();
  return checker.get();
}

// The one ASCII letter that c may be taken for, or '\0'.
char ConfusableLetter(char32_t c) {
  std::string utf8;
  if (Confusables() == nullptr || !AppendUtf8(c, &utf8)) return '\0';
  UErrorCode error = U_ZERO_ERROR;
  char out[16] = {};
  const int32_t size = uspoof_getSkeletonUTF8(
      Confusables(), 0, utf8.data(), static_cast<int32_t>(utf8.size()), out,
      static_cast<int32_t>(sizeof(out)), &error);
  const char lower = static_cast<char>(out[0] | 0x20);
  if (U_FAILURE(error) || size != 1 || lower < 'a' || lower > 'z') {
    return '\0';
  }
  // The skeleton of every vertical stroke is 'l', of 'I' too.
  return out[0] == 'l' && u_isupper(static_cast<UChar32>(c)) ? 'I' : out[0];
}

bool HasLookAlikes(UScriptCode script) {
  switch (script) {
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
    case USCRIPT_CHEROKEE:
    case USCRIPT_LISU:
    case USCRIPT_ARMENIAN:
    case USCRIPT_COPTIC:
    case USCRIPT_DESERET:
    case USCRIPT_OSAGE:
      return true;
    default:
      return false;
  }
}

Fold ClassifyLetter(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
  if (U_FAILURE(error)) return Make(c, FoldKind::kForeign);
  if (const char to = FindRow(kLatinForms, c)) return Replace(c, to);
  if (script == USCRIPT_LATIN) return Make(c, FoldKind::kLatin);
  if (!HasLookAlikes(script)) return Make(c, FoldKind::kForeign);
  char to = FindRow(kLookAlikes, c);
  if (to == '\0' && script != USCRIPT_CYRILLIC && script != USCRIPT_GREEK) {
    to = ConfusableLetter(c);
  }
  if (to == '\0') return Make(c, FoldKind::kForeign);
  Fold out = Make(c, FoldKind::kLookAlike, std::string_view(&to, 1));
  out.greek_small = script == USCRIPT_GREEK &&
                    u_islower(static_cast<UChar32>(c)) && c != 0x03BF;
  return out;
}

// Compatibility forms whose folding would join a sign to a word.
bool KeepsItsForm(char32_t c) {
  return c == 0x2122 || c == 0x2120 || c == 0x00AA || c == 0x00BA ||
         c == 0x00B5 || Between(c, 0x00BC, 0x00BE) ||
         Between(c, 0x2150, 0x215F);
}

// NFKC of c where that is printable ASCII or one Latin, Greek or Cyrillic
// letter; empty otherwise.
std::string Compatible(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error) || KeepsItsForm(c)) return {};
  const icu::UnicodeString before(static_cast<UChar32>(c));
  const icu::UnicodeString after = nfkc->normalize(before, error);
  if (U_FAILURE(error) || after == before) return {};
  std::string out;
  after.toUTF8String(out);
  if (out.size() > std::tuple_size_v<decltype(Fold::bytes)>) return {};
  const bool ascii = std::all_of(out.begin(), out.end(),
                                 [](char b) { return b > ' ' && b < 0x7F; });
  if (ascii || after.countChar32() == 1) return out;
  return {};
}

// Superscripts, and digits and numbers in rings, brackets, black discs.
Fold ClassifyNumber(char32_t c) {
  const auto icu_c = static_cast<UChar32>(c);
  const double value = u_getNumericValue(icu_c);
  const int type = u_getIntPropertyValue(icu_c, UCHAR_NUMERIC_TYPE);
  if (type == U_NT_DIGIT && value >= 0 && value <= 9) {
    const char digit = static_cast<char>('0' + static_cast<int>(value));
    const bool small =
        Between(c, 0x2070, 0x2089) || c == 0x00B2 || c == 0x00B3 || c == 0x00B9;
    return Make(c, small ? FoldKind::kSmallDigit : FoldKind::kReplace,
                std::string_view(&digit, 1));
  }
  const bool ring = Between(c, 0x2460, 0x24FF) || Between(c, 0x2776, 0x2793) ||
                    Between(c, 0x3251, 0x325F) || Between(c, 0x32B1, 0x32BF);
  if (ring && value >= 0 && value <= 99) {
    return Make(c, FoldKind::kReplace, std::to_string(static_cast<int>(value)));
  }
  return Make(c, FoldKind::kKeep);
}

Fold ClassifyByCategory(char32_t c) {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_SPACE_SEPARATOR:
      return Replace(c, ' ');
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return Replace(c, '\n');
    case U_DASH_PUNCTUATION:
      return Replace(c, '-');
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return Make(c, FoldKind::kVanish);
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK:
      return Make(c, FoldKind::kMark);
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return ClassifyLetter(c);
    default:
      return Make(c, FoldKind::kKeep);
  }
}

// White letters in black rings and squares, and the flags' letters.
char EnclosedLetter(char32_t c) {
  for (const char32_t first : {0x1F150u, 0x1F170u, 0x1F1E6u}) {
    if (Between(c, first, first + 25)) {
      return static_cast<char>('A' + (c - first));
    }
  }
  return '\0';
}

}  // namespace

Fold Classify(char32_t c) {
  const auto icu_c = static_cast<UChar32>(c);
  if (Between(c, 0x80, 0x9F) && c != 0x85) {
    // windows-1252 read as Latin-1: the dashes and quotes are meant.
    const char32_t meant = FromWindows1252(c);
    if (meant == c) return Make(c, FoldKind::kVanish);
    Fold out = Classify(meant);
    out.code_point = c;
    return out;
  }
  if (const int digit = u_charDigitValue(icu_c); digit >= 0) {
    return Replace(c, static_cast<char>('0' + digit));
  }
  if (const char to = FindRow(kPunctuation, c)) return Replace(c, to);
  if (Between(c, 0xE0020, 0xE007E)) {
    const char to = static_cast<char>(c - 0xE0000);
    return Make(c, FoldKind::kTag, std::string_view(&to, 1));
  }
  if (u_hasBinaryProperty(icu_c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
    return Make(c, FoldKind::kVanish);
  }
  if (c == 0x00B7 || c == 0x2027 || c == 0x2219 || c == 0x22C5 || c == 0x2022 ||
      c == 0x30FB || c == 0x0387) {
    return Make(c, FoldKind::kMiddleDot, ".");
  }
  if (const char to = EnclosedLetter(c)) return Replace(c, to);
  const Fold number = ClassifyNumber(c);
  if (number.kind != FoldKind::kKeep) return number;
  const std::string compatible = Compatible(c);
  if (compatible.empty()) return ClassifyByCategory(c);
  const CodePoint first = DecodeUtf8(compatible, 0);
  if (first.value < 0x80) return Make(c, FoldKind::kReplace, compatible);
  const Fold inner = ClassifyByCategory(first.value);
  if (inner.kind == FoldKind::kForeign || inner.kind == FoldKind::kKeep) {
    return ClassifyByCategory(c);
  }
  Fold out = inner;  // mathematical alpha is alpha is 'a'
  out.code_point = c;
  if (inner.kind == FoldKind::kLatin) {
    out = Make(c, FoldKind::kReplace, compatible);
  }
  return out;
}

}  // namespace phiwire
