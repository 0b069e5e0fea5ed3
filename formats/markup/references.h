// SPDX-License-Identifier: Apache-2.0
//
// HTML's character references: &amp; &#65; &#x41; and the standard's 2,125
// names, some of which are known without their semicolon.
// https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
//
//   ReferenceAt("&eacute;t", false)   {"\u00E9", 8}
//
// Two deviations, so that text reads as people see it: a no-break space is a
// blank, a soft hyphen nothing. Pure functions.

#ifndef PHIWIRE_FORMATS_MARKUP_REFERENCES_H_
#define PHIWIRE_FORMATS_MARKUP_REFERENCES_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace phiwire::markup {

struct Reference {
  std::array<char, 8> bytes = {};  // UTF-8; the longest name has six
  std::size_t size = 0;
  std::size_t length = 0;  // raw bytes; 0: no reference, & is text

  std::string_view text() const { return {bytes.data(), size}; }
};

// `raw` begins with '&'. In attributes "&copy=" is no reference.
Reference ReferenceAt(std::string_view raw, bool in_attribute);

// Appends `text` so that it stays inside whatever it is put into: text,
// a quoted attribute, a comment, a string of a script. White space stays.
void AppendReferences(std::string_view text, std::string* out);

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_REFERENCES_H_
