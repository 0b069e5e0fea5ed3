// SPDX-License-Identifier: Apache-2.0
//
// HTML's named characters that text has: all of HTML 4's Latin-1 set, and of
// HTML 5 the punctuation that can hide an identifier.
// https://html.spec.whatwg.org/multipage/named-characters.html

#include <array>
#include <cstddef>
#include <utility>

#include "engine/canonical_escapes.h"

namespace phiwire {
namespace {

using Named = std::pair<std::string_view, char32_t>;

constexpr auto kNamed = std::to_array<Named>({
    {"amp", U'&'},
    {"lt", U'<'},
    {"gt", U'>'},
    {"quot", U'"'},
    {"apos", U'\''},
    {"AMP", U'&'},
    {"LT", U'<'},
    {"GT", U'>'},
    {"QUOT", U'"'},
    {"Tab", U'\t'},
    {"NewLine", U'\n'},
    {"excl", U'!'},
    {"num", U'#'},
    {"dollar", U'$'},
    {"percnt", U'%'},
    {"lpar", U'('},
    {"rpar", U')'},
    {"ast", U'*'},
    {"midast", U'*'},
    {"plus", U'+'},
    {"comma", U','},
    {"period", U'.'},
    {"sol", U'/'},
    {"colon", U':'},
    {"semi", U';'},
    {"equals", U'='},
    {"quest", U'?'},
    {"commat", U'@'},
    {"lbrack", U'['},
    {"lsqb", U'['},
    {"bsol", U'\\'},
    {"rbrack", U']'},
    {"rsqb", U']'},
    {"Hat", U'^'},
    {"lowbar", U'_'},
    {"UnderBar", U'_'},
    {"grave", U'`'},
    {"lbrace", U'{'},
    {"lcub", U'{'},
    {"vert", U'|'},
    {"verbar", U'|'},
    {"rbrace", U'}'},
    {"rcub", U'}'},
    {"hyphen", U'\u2010'},
    {"dash", U'\u2010'},
    {"ndash", U'\u2013'},
    {"mdash", U'\u2014'},
    {"horbar", U'\u2015'},
    {"minus", U'\u2212'},
    {"lsquo", U'\u2018'},
    {"rsquo", U'\u2019'},
    {"rsquor", U'\u2019'},
    {"sbquo", U'\u201A'},
    {"ldquo", U'\u201C'},
    {"rdquo", U'\u201D'},
    {"bdquo", U'\u201E'},
    {"prime", U'\u2032'},
    {"Prime", U'\u2033'},
    {"lsaquo", U'\u2039'},
    {"rsaquo", U'\u203A'},
    {"bull", U'\u2022'},
    {"hellip", U'\u2026'},
    {"frasl", U'\u2044'},
    {"ensp", U'\u2002'},
    {"emsp", U'\u2003'},
    {"emsp13", U'\u2004'},
    {"emsp14", U'\u2005'},
    {"numsp", U'\u2007'},
    {"puncsp", U'\u2008'},
    {"thinsp", U'\u2009'},
    {"hairsp", U'\u200A'},
    {"zwnj", U'\u200C'},
    {"zwj", U'\u200D'},
    {"lrm", U'\u200E'},
    {"rlm", U'\u200F'},
    {"NoBreak", U'\u2060'},
    {"trade", U'\u2122'},
    {"numero", U'\u2116'},
    {"nbsp", U'\u00A0'},
    {"OElig", U'\u0152'},
    {"oelig", U'\u0153'},
    {"Scaron", U'\u0160'},
    {"scaron", U'\u0161'},
    {"Yuml", U'\u0178'},
    {"NonBreakingSpace", U'\u00A0'},
    {"ZeroWidthSpace", U'\u200B'},
    {"MediumSpace", U'\u205F'},
    {"ThinSpace", U'\u2009'},
});

// U+00A0..U+00FF in order.
constexpr auto kLatin1 = std::to_array<std::string_view>({
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar",
    "sect",   "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",
    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",
    "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",
    "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute",
    "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",
    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",
    "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute",
    "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute",
    "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
});
static_assert(kLatin1.size() == 96);

// https://encoding.spec.whatwg.org/#windows-1252; 0: not defined.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

}  // namespace

char32_t HtmlEntity(std::string_view name) {
  for (const auto& [key, value] : kNamed) {
    if (key == name) return value;
  }
  for (std::size_t i = 0; i < kLatin1.size(); ++i) {
    if (kLatin1[i] == name) return static_cast<char32_t>(0xA0 + i);
  }
  return 0;
}

char32_t FromWindows1252(char32_t value) {
  if (value < 0x80 || value > 0x9F) return value;
  const char32_t mapped = kWindows1252[value - 0x80];
  return mapped == 0 ? value : mapped;
}

}  // namespace phiwire
