// SPDX-License-Identifier: Apache-2.0
//
// Collects the text of mark-up that is no running text (xhtml_text.h): a line
// a piece, gaps between them. "name=dob value=1/2/80" reads "dob: 1/2/80".
// One object a piece of mark-up; not thread-safe.

#ifndef PHIWIRE_FORMATS_MARKUP_ASIDE_H_
#define PHIWIRE_FORMATS_MARKUP_ASIDE_H_

#include <cstddef>
#include <string_view>

#include "formats/markup/tags.h"

namespace phiwire::markup {

struct XhtmlText;

class AsideText {
 public:
  AsideText(std::string_view markup, std::size_t base, XhtmlText* out)
      : markup_(markup), base_(base), out_(*out) {}

  // Bytes without references: a comment, a script, an unknown tag.
  void Raw(std::size_t begin, std::size_t end);
  void Take(const TagAttribute& attribute);
  // After the last piece.
  void Finish();

 private:
  void Begin(std::size_t begin);
  void Value(const TagAttribute& attribute);
  void Stretch(std::size_t begin, std::size_t end, bool references);
  void Decode(std::size_t begin, std::size_t end);

  std::string_view markup_;
  std::size_t base_;
  XhtmlText& out_;
  bool any_ = false;
  std::size_t end_ = 0;  // of the last piece, in the mark-up
  char joint_ = '\n';    // between the last piece and the next; ':' for ": "
};

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_ASIDE_H_
