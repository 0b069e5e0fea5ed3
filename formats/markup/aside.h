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

// Of what stands before an address or a number and is none: "mailto:". Other
// schemes belong to their URL.
std::size_t SchemeSize(std::string_view value);

class AsideText {
 public:
  AsideText(std::string_view markup, std::size_t base, XhtmlText* out)
      : markup_(markup), base_(base), out_(*out) {}

  // Bytes without references: a comment, a script.
  void Raw(std::size_t begin, std::size_t end);
  // An unknown tag, as it stands but for its references.
  void Tag(std::size_t begin, std::size_t end) { Stretch(begin, end, true); }
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
