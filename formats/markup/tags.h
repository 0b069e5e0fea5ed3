// SPDX-License-Identifier: Apache-2.0
//
// Tags, comments and doctypes cut as the HTML standard's tokenizer cuts them
// (section 13.2.5). Offsets are bytes of the mark-up. Pure functions.

#ifndef PHIWIRE_FORMATS_MARKUP_TAGS_H_
#define PHIWIRE_FORMATS_MARKUP_TAGS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/field.h"

namespace phiwire::markup {

struct TagAttribute {
  RecordRange name;
  RecordRange value;  // without its quotes
  bool quoted = false;
};

struct OpenTag {
  RecordRange name;
  std::vector<TagAttribute> attributes;
};

constexpr bool IsSpace(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

// The tag whose name begins at `at`; the offset behind its '>', or npos when
// the mark-up ends in it.
std::size_t ReadTag(std::string_view markup, std::size_t at, OpenTag* tag);

// What stands inside the comment whose "<!--" is at `at`; behind it come
// "-->", "--!>", ">" or the end.
RecordRange CommentInside(std::string_view markup, std::size_t at);

// "DOCTYPE html" and those with the W3C's or no identifiers.
bool IsStandardDoctype(std::string_view inside);

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_TAGS_H_
