// SPDX-License-Identifier: Apache-2.0
//
// What RTF's control words mean for its text (Rich Text Format specification
// 1.9.1). Words that are not here say how things look. Pure functions.

#ifndef PHIWIRE_FORMATS_RTF_WORDS_H_
#define PHIWIRE_FORMATS_RTF_WORDS_H_

#include <cstdint>
#include <string_view>

namespace phiwire::rtf {

enum class Word : std::uint8_t {
  kLook,  // anything else
  // Text:
  kLineEnd,  // \par \line \row ...
  kTab,      // \tab \cell
  kBlank,    // \emspace ...
  kDash,     // \emdash \endash
  kQuote,    // \lquote \rquote
  kQuotes,   // \ldblquote \rdblquote
  kBullet,
  kUnicode,  // \uN
  // State:
  kFallback,  // \ucN
  kCodePage,  // \ansicpgN
  kMac,       // \mac, \pc, \pca: code pages without a number
  kPc,
  kPca,
  kFont,          // \fN
  kDefaultFont,   // \deffN
  kFontCharset,   // \fcharsetN
  kFontCodePage,  // \cpgN
  kPlain,         // \plain: back to the default font
  kBinary,        // \binN
  kDatePart,      // \moN \dyN \revdttmN ...: the number goes
  // Destinations:
  kMain,       // header, footer: lines of the running text
  kAside,      // fields, footnotes, titles: text of its own
  kStructure,  // tables of fonts and colours: stays
  kFontTable,
  kName,      // author, operator: a slot
  kEmployer,  // company: a slot
  kStamp,     // atndate, blipuid: emptied
  kPicture,   // removed
  kData,      // OLE objects and data stores: removed
};

Word WordOf(std::string_view name);

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_WORDS_H_
