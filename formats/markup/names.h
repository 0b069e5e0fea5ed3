// SPDX-License-Identifier: Apache-2.0
//
// What the names of HTML say of the text in and around them. A name that is
// not here could be anybody's ("<john@x.org>"), so the reader scans it.
//
//   ElementOf("TD") == Element::kCell
//
// Names in any case. Pure functions.

#ifndef PHIWIRE_FORMATS_MARKUP_NAMES_H_
#define PHIWIRE_FORMATS_MARKUP_NAMES_H_

#include <cstdint>
#include <string_view>

namespace phiwire::markup {

enum class Element : std::uint8_t {
  kUnknown,
  kInline,        // says nothing: "John<b>son</b>"
  kBlock,         // begins and ends a line
  kCell,          // begins and ends at a tab
  kPreformatted,  // a block whose white space counts
  kRawText,       // script, style: its content is no running text
  kText,          // textarea, title: its content is text without tags
  kPlainText,     // everything after it is text without tags
};

Element ElementOf(std::string_view name);

enum class Attribute : std::uint8_t {
  kUnknown,    // name and value are scanned
  kText,       // the value is scanned
  kLabel,      // the same, and says what a value behind it is: name="dob"
  kLook,       // the value is skipped where IsLook
  kNamespace,  // the value is skipped where IsStandardUri
};

Attribute AttributeOf(std::string_view name);

// A number of at most four digits with a unit, a #colour, or a short word of
// lower-case letters: values of attributes that only say how things look.
bool IsLook(std::string_view value);

// Of the W3C, the WHATWG, HL7, or an office program's own namespace.
bool IsStandardUri(std::string_view value);

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_NAMES_H_
