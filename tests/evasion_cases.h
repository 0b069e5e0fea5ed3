// SPDX-License-Identifier: Apache-2.0
//
// Ways to write an identifier so that a reader sees it and a scanner does not.
// kSurfaces x Transforms() is used by the test of the canonical text (the
// surface must come out plain) and end to end (it must not be released).

#ifndef PHIWIRE_TESTS_EVASION_CASES_H_
#define PHIWIRE_TESTS_EVASION_CASES_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace phiwire::evasion {

// ASCII, one of each kind of shape.
inline constexpr std::string_view kSurfaces[] = {
    "John Smith",   "O'Brien, Mary-Ann",
    "123-45-6789",  "(617) 555-0199",
    "03/14/1962",   "jane.doe@example.org",
    "MRN: 0048213", "42 Ocean Ave, Boston, MA 02139",
    "10.20.30.254",
};

struct Transform {
  const char* name;
  std::function<std::string(std::string_view)> apply;
};

inline std::string Utf8(char32_t c) {
  std::string out;
  AppendUtf8(c, &out);
  return out;
}

inline std::string Format(const char* format, unsigned value) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), format, value);
  return buffer;
}

// Each character through f.
inline std::function<std::string(std::string_view)> Each(
    std::function<std::string(char)> f) {
  return [f](std::string_view s) {
    std::string out;
    for (char c : s) out += f(c);
    return out;
  };
}

// c after every character but the last.
inline std::function<std::string(std::string_view)> Between(char32_t c) {
  return [c](std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
      out += s[i];
      if (i + 1 < s.size()) out += Utf8(c);
    }
    return out;
  };
}

inline bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// Ten digits from zero.
inline std::function<std::string(std::string_view)> Digits(char32_t zero) {
  return Each([zero](char c) {
    return IsDigit(c) ? Utf8(zero + static_cast<char32_t>(c - '0'))
                      : std::string(1, c);
  });
}

inline std::function<std::string(std::string_view)> Swap(char from,
                                                         char32_t to) {
  return Each(
      [from, to](char c) { return c == from ? Utf8(to) : std::string(1, c); });
}

// The 26 letters from `upper` and `lower`, ten digits from `digit` (0: stay).
inline std::function<std::string(std::string_view)> Alphabet(char32_t upper,
                                                             char32_t lower,
                                                             char32_t digit) {
  return Each([=](char c) {
    if (IsUpper(c)) return Utf8(upper + static_cast<char32_t>(c - 'A'));
    if (IsLower(c)) return Utf8(lower + static_cast<char32_t>(c - 'a'));
    if (IsDigit(c) && digit != 0) {
      return Utf8(digit + static_cast<char32_t>(c - '0'));
    }
    return std::string(1, c);
  });
}

// Letters of `from` become those of `to`, the rest stays.
inline std::function<std::string(std::string_view)> Letters(
    std::string_view from, std::u32string_view to) {
  return Each([from, to](char c) {
    const std::size_t at = from.find(c);
    return at == std::string_view::npos ? std::string(1, c) : Utf8(to[at]);
  });
}

inline std::string EachUtf16Escape(std::string_view s) {
  std::string out;
  for (char c : s) out += Format("\\u%04X", static_cast<unsigned char>(c));
  return out;
}

// Full-width forms of all printable ASCII.
inline std::string FullWidth(std::string_view s) {
  std::string out;
  for (char c : s) {
    out += c == ' ' ? Utf8(0x3000) : Utf8(0xFEE0 + static_cast<char32_t>(c));
  }
  return out;
}

inline std::string PercentOfFullWidth(std::string_view s) {
  std::string out;
  for (char c : FullWidth(s)) {
    out += Format("%%%02X", static_cast<unsigned char>(c));
  }
  return out;
}

// A line end after a hyphen between digits, or inside a word with a hyphen.
inline std::string Wrap(std::string_view s, std::string_view line_end) {
  for (std::size_t i = 1; i + 1 < s.size(); ++i) {
    if (s[i] == '-' && IsDigit(s[i - 1]) && IsDigit(s[i + 1])) {
      return std::string(s.substr(0, i + 1)) + std::string(line_end) +
             std::string(s.substr(i + 1));
    }
  }
  for (std::size_t i = 1; i + 1 < s.size(); ++i) {
    if (IsLower(s[i - 1]) && IsLower(s[i])) {
      return std::string(s.substr(0, i)) + "-" + std::string(line_end) +
             std::string(s.substr(i));
    }
  }
  return std::string(s);
}

// Makes a text quoted-printable beyond doubt; no part of the surface.
inline constexpr std::string_view kQuotedPrintableEvidence = "a=3Db c=3Dd ";

inline std::string SoftWrap(std::string_view s) {
  const std::size_t half = s.size() / 2;
  return std::string(s.substr(0, half)) + "=\r\n" + std::string(s.substr(half));
}

inline std::vector<Transform> InvisibleTransforms() {
  return {
      {"zero-width space", Between(0x200B)},
      {"zero-width non-joiner", Between(0x200C)},
      {"zero-width joiner", Between(0x200D)},
      {"left-to-right mark", Between(0x200E)},
      {"right-to-left mark", Between(0x200F)},
      {"right-to-left override", Between(0x202E)},
      {"word joiner", Between(0x2060)},
      {"byte order mark", Between(0xFEFF)},
      {"soft hyphen", Between(0x00AD)},
      {"combining grapheme joiner", Between(0x034F)},
      {"variation selector", Between(0xFE0F)},
      {"variation selector 256", Between(0xE01EF)},
      {"Mongolian vowel separator", Between(0x180E)},
      {"isolate marks", Between(0x2066)},
      {"a tag character", Between(0xE0041)},
      {"combining underline", Between(0x0332)},
      {"combining strike", Between(0x0336)},
      {"enclosing circle", Between(0x20DD)},
      {"control character", Between(0x0001)},
      {"delete character", Between(0x007F)},
      {"all in tag characters",
       Each([](char c) { return Utf8(0xE0000 + static_cast<char32_t>(c)); })},
      {"soft hyphen at a line end",
       [](std::string_view s) {
         return std::string(s.substr(0, 2)) + Utf8(0xAD) + "\n" +
                std::string(s.substr(2));
       }},
  };
}

inline std::vector<Transform> LookAlikeTransforms() {
  return {
      {"full-width", FullWidth},
      {"Arabic-Indic digits", Digits(0x0660)},
      {"Persian digits", Digits(0x06F0)},
      {"Devanagari digits", Digits(0x0966)},
      {"Bengali digits", Digits(0x09E6)},
      {"Thai digits", Digits(0x0E50)},
      {"segmented digits", Digits(0x1FBF0)},
      {"superscript digits", Each([](char c) {
         constexpr std::u32string_view kSmall =
             U"\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
         return IsDigit(c) ? Utf8(kSmall[static_cast<std::size_t>(c - '0')])
                           : std::string(1, c);
       })},
      {"subscript digits", Digits(0x2080)},
      {"ringed digits", Each([](char c) {
         if (!IsDigit(c)) return std::string(1, c);
         return c == '0' ? Utf8(0x24EA)
                         : Utf8(0x2460 + static_cast<char32_t>(c - '1'));
       })},
      {"keycap digits", Each([](char c) {
         return IsDigit(c) ? c + Utf8(0xFE0F) + Utf8(0x20E3)
                           : std::string(1, c);
       })},
      {"mathematical bold", Alphabet(0x1D400, 0x1D41A, 0x1D7CE)},
      {"mathematical sans", Alphabet(0x1D5A0, 0x1D5BA, 0x1D7E2)},
      {"mathematical monospace", Alphabet(0x1D670, 0x1D68A, 0x1D7F6)},
      {"ringed letters", Alphabet(0x24B6, 0x24D0, 0)},
      {"en dash", Swap('-', 0x2013)},
      {"em dash", Swap('-', 0x2014)},
      {"non-breaking hyphen", Swap('-', 0x2011)},
      {"minus sign", Swap('-', 0x2212)},
      {"small hyphen", Swap('-', 0xFE63)},
      {"no-break space", Swap(' ', 0x00A0)},
      {"thin space", Swap(' ', 0x2009)},
      {"ideographic space", Swap(' ', 0x3000)},
      {"typographic apostrophe", Swap('\'', 0x2019)},
      {"division slash", Swap('/', 0x2215)},
      {"fraction slash", Swap('/', 0x2044)},
      {"one dot leader", Swap('.', 0x2024)},
      {"ideographic full stop", Swap('.', 0x3002)},
      {"middle dots for dots between digits",
       [](std::string_view s) {
         return s.find("20.30") == std::string_view::npos ? std::string(s)
                                                          : Swap('.', 0xB7)(s);
       }},
      {"small at", Swap('@', 0xFE6B)},
      {"ratio for colon", Swap(':', 0x2236)},
      {"Cyrillic letters",
       Letters("aceopxyijsABCEHIJKMOPSTXY",
               U"\u0430\u0441\u0435\u043E\u0440\u0445\u0443\u0456\u0458\u0455"
               U"\u0410\u0412\u0421\u0415\u041D\u0406\u0408\u041A\u041C\u041E"
               U"\u0420\u0405\u0422\u0425\u0423")},
      {"Greek letters",
       Letters("oABEHIKMNOPTXYZ",
               U"\u03BF\u0391\u0392\u0395\u0397\u0399\u039A\u039C\u039D\u039F"
               U"\u03A1\u03A4\u03A7\u03A5\u0396")},
      {"Cherokee letters", Letters("AJMSZ", U"\u13AA\u13AB\u13B7\u13DA\u13C3")},
      {"small capitals",
       Letters("abehnot", U"\u1D00\u0299\u1D07\u029C\u0274\u1D0F\u1D1B")},
  };
}

inline std::vector<Transform> EscapeTransforms() {
  return {
      {"decimal entities", Each([](char c) {
         return Format("&#%u;", static_cast<unsigned char>(c));
       })},
      {"hexadecimal entities", Each([](char c) {
         return Format("&#x%X;", static_cast<unsigned char>(c));
       })},
      {"entities without semicolon", Each([](char c) {
         return Format("&#%u", static_cast<unsigned char>(c));
       })},
      {"named entities", Each([](char c) -> std::string {
         switch (c) {
           case ' ':
             return "&nbsp;";
           case '-':
             return "&ndash;";
           case '/':
             return "&sol;";
           case '.':
             return "&period;";
           case '@':
             return "&commat;";
           case ':':
             return "&colon;";
           case '\'':
             return "&rsquo;";
           case ',':
             return "&comma;";
           case '(':
             return "&lpar;";
           case ')':
             return "&rpar;";
           default:
             return std::string(1, c);
         }
       })},
      {"escaped entities", Each([](char c) {
         return Format("&amp;#%u;", static_cast<unsigned char>(c));
       })},
      {"percent", Each([](char c) {
         return Format("%%%02X", static_cast<unsigned char>(c));
       })},
      {"percent, lower case", Each([](char c) {
         return Format("%%%02x", static_cast<unsigned char>(c));
       })},
      {"percent of full-width", PercentOfFullWidth},
      {"percent twice", Each([](char c) {
         return Format("%%25%02X", static_cast<unsigned char>(c));
       })},
      {"\\u", EachUtf16Escape},
      {"\\\\u", Each([](char c) {
         return Format("\\\\u%04x", static_cast<unsigned char>(c));
       })},
      {"\\u{}", Each([](char c) {
         return Format("\\u{%x}", static_cast<unsigned char>(c));
       })},
      {"\\U", Each([](char c) {
         return Format("\\U%08x", static_cast<unsigned char>(c));
       })},
      {"\\x", Each([](char c) {
         return Format("\\x%02x", static_cast<unsigned char>(c));
       })},
      {"%u", Each([](char c) {
         return Format("%%u%04X", static_cast<unsigned char>(c));
       })},
      {"quoted-printable", Each([](char c) {
         return Format("=%02X", static_cast<unsigned char>(c));
       })},
      {"quoted-printable with a soft line break",
       [](std::string_view s) {
         return std::string(kQuotedPrintableEvidence) + SoftWrap(s);
       }},
      {"hyphenated over a line end",
       [](std::string_view s) { return Wrap(s, "\n"); }},
      {"hyphenated, CRLF and indent",
       [](std::string_view s) { return Wrap(s, "\r\n   "); }},
      {"spaces as entities, digits full-width",
       [](std::string_view s) {
         return Each([](char c) {
           if (c == ' ') return std::string("&#160;");
           return IsDigit(c) ? Utf8(0xFEE0 + static_cast<char32_t>(c))
                             : std::string(1, c);
         })(s);
       }},
  };
}

inline std::string Replace(std::string_view s, std::string_view from,
                           std::string_view to) {
  std::string out;
  while (!s.empty()) {
    const bool here = s.starts_with(from);
    out += here ? to : s.substr(0, 1);
    s.remove_prefix(here ? from.size() : 1);
  }
  return out;
}

inline std::string SpelledOut(std::string_view s, std::string_view at,
                              std::string_view dot) {
  if (s.find('@') == std::string_view::npos) return std::string(s);
  return Replace(Replace(s, ".", dot), "@", at);
}

// Digits and what joins them, apart: "1 2 3 - 4 5 - 6 7 8 9".
inline std::string SpacedDigits(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (IsLower(c) || IsUpper(c)) return std::string(s);
    if (!out.empty() && c != ' ') out += ' ';
    if (c != ' ') out += c;
  }
  return out;
}

inline std::string SpacedLetters(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (IsDigit(c) || c == '@') return std::string(s);
    if (!out.empty()) out += ' ';
    out += c;
  }
  return out;
}

// What is no rewriting of characters; not all of it is undone, and none of it
// comes out as the surface.
inline std::vector<Transform> HardTransforms() {
  return {
      {"line ends for spaces", Swap(' ', '\n')},
      {"indented line ends for spaces",
       [](std::string_view s) { return Replace(s, " ", "\r\n    "); }},
      {"two spaces", [](std::string_view s) { return Replace(s, " ", "  "); }},
      {"upper case", Each([](char c) {
         return std::string(1, IsLower(c) ? static_cast<char>(c ^ 0x20) : c);
       })},
      {"lower case", Each([](char c) {
         return std::string(1, IsUpper(c) ? static_cast<char>(c | 0x20) : c);
       })},
      {"mail spelled out",
       [](std::string_view s) { return SpelledOut(s, " at ", " dot "); }},
      {"mail with [at] and [dot]",
       [](std::string_view s) { return SpelledOut(s, "[at]", "[dot]"); }},
      {"digits apart", SpacedDigits},
      {"letters apart", SpacedLetters},
      {"letters for digits", Letters("01", U"Ol")},
      {"backwards in an override",
       [](std::string_view s) {
         return Utf8(0x202E) + std::string(s.rbegin(), s.rend()) + Utf8(0x202C);
       }},
      {"dots for dashes", Swap('-', '.')},
      {"spaces for dashes", Swap('-', ' ')},
      {"underscores for spaces", Swap(' ', '_')},
      {"bold in Markdown",
       [](std::string_view s) { return "**" + std::string(s) + "**"; }},
      {"an empty HTML element in the middle",
       [](std::string_view s) {
         return std::string(s.substr(0, 2)) + "<b></b>" +
                std::string(s.substr(2));
       }},
  };
}

inline std::vector<Transform> Transforms() {
  std::vector<Transform> all = InvisibleTransforms();
  for (Transform& t : LookAlikeTransforms()) all.push_back(std::move(t));
  for (Transform& t : EscapeTransforms()) all.push_back(std::move(t));
  return all;
}

}  // namespace phiwire::evasion

#endif  // PHIWIRE_TESTS_EVASION_CASES_H_
