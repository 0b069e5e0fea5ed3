// SPDX-License-Identifier: Apache-2.0
//
// Undoes escapes that hide text from a scanner, where they are escapes beyond
// doubt: prose has "98%", "HR=72", "A&O x3", "C:\users", and these stay.
//   &#48; &#x30; &amp;  HTML entities (named ones need their semicolon)
//   %XX                 two or more in a token, or one inside a word, or a
//                       space before one; must decode to printable UTF-8; in
//                       URLs never to a space
//   \uXXXX \xXX         also \u{X}, \UXXXXXXXX, surrogate pairs
//   =XX                 two or more adjacent, or all of a text that is
//                       quoted-printable throughout; soft line breaks
//   "12<b>3</b>"        tags of HTML's inline elements, and comments, inside a
//                       word or number vanish
//   jane[at]x[dot]org   without blanks
//   "555-<newline>0199" a line end inside a number vanishes; inside a
//                       hyphenated word the hyphen goes with it
// Control characters (but tab, line and page ends) vanish. Nothing here
// yields a control character.

#ifndef PHIWIRE_ENGINE_CANONICAL_ESCAPES_H_
#define PHIWIRE_ENGINE_CANONICAL_ESCAPES_H_

#include <cstddef>
#include <string_view>

#include "engine/canonical_layer.h"

namespace phiwire {

struct EscapeScan {
  bool non_ascii = false;  // the source holds bytes over 0x7F
  bool decoded_non_ascii = false;
  std::size_t nul_at = std::string_view::npos;  // scan ended there
};

// Fills layer from source (TextLayer::Finish not yet called).
EscapeScan UndoEscapes(std::string_view source, TextLayer* layer);

// The text an HTML entity stands for, by its name without & and ;, else 0.
char32_t HtmlEntity(std::string_view name);

// What windows-1252 has at 0x80..0x9F, which HTML reads there; else value.
char32_t FromWindows1252(char32_t value);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_ESCAPES_H_
