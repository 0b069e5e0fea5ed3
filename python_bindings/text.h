// SPDX-License-Identifier: Apache-2.0
//
// Python's str and phiwire's UTF-8: the view of a str's bytes, and the way
// between byte offsets and code points (Python's str indices).
//
//   PyText text(str);                       // borrows, no copy for ASCII
//   OffsetCursor cursor(text);
//   cursor.CodePoints(finding.begin);       // near the last answer: cheap
//
// Cost: a cursor walks from its last answer, so sorted findings cost one pass
// over the text together, and an ASCII text costs nothing.
// Threads: building a PyText needs the GIL; its view may be read without.

#ifndef PHIWIRE_PYTHON_BINDINGS_TEXT_H_
#define PHIWIRE_PYTHON_BINDINGS_TEXT_H_

#include <nanobind/nanobind.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace phiwire::python {

// Holds a reference to the str, which owns the bytes of the view.
class PyText {
 public:
  // Raises InputError when the str holds a lone surrogate.
  explicit PyText(nanobind::str str);

  std::string_view view() const { return view_; }
  bool ascii() const { return view_.size() == length_; }
  std::size_t length() const { return length_; }  // code points

 private:
  nanobind::str str_;
  std::string_view view_;
  std::size_t length_ = 0;
};

class OffsetCursor {
 public:
  explicit OffsetCursor(const PyText& text)
      : view_(text.view()), length_(text.length()), ascii_(text.ascii()) {}

  // Code points before the byte offset, which lies on a character's border.
  std::size_t CodePoints(std::size_t byte);
  // Bytes before the code point; nullopt beyond the end.
  std::optional<std::size_t> Bytes(std::size_t code_point);

 private:
  std::string_view view_;
  std::size_t length_;
  bool ascii_;
  std::size_t byte_ = 0;
  std::size_t code_point_ = 0;
};

// The str of valid UTF-8; InternalError, without the text, for anything else.
nanobind::str ToStr(std::string_view utf8);

}  // namespace phiwire::python

#endif  // PHIWIRE_PYTHON_BINDINGS_TEXT_H_
