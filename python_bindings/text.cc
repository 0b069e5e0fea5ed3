// SPDX-License-Identifier: Apache-2.0

#include "python_bindings/text.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "base/strings.h"
#include "python_bindings/errors.h"

namespace phiwire::python {
namespace {

namespace nb = nanobind;

bool IsLead(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::size_t CountLeads(std::string_view bytes) {
  return static_cast<std::size_t>(
      std::count_if(bytes.begin(), bytes.end(), IsLead));
}

// Python's own UnicodeEncodeError carries the whole text, so it is dropped
// and only the position goes on.
[[noreturn]] void RaiseSurrogate() {
  Py_ssize_t at = -1;
  {
    const nb::python_error encode_error;  // takes the error indicator
    nb::object start = nb::getattr(encode_error.value(), "start", nb::none());
    if (!start.is_none()) at = nb::cast<Py_ssize_t>(start);
  }
  RaiseInput(Concat(
      {"the text has a lone surrogate at code point ", std::to_string(at),
       "; decode the source as UTF-8 without 'surrogateescape'"}));
}

}  // namespace

PyText::PyText(nb::str str) : str_(std::move(str)) {
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(str_.ptr(), &size);
  if (data == nullptr) RaiseSurrogate();
  view_ = std::string_view(data, static_cast<std::size_t>(size));
  length_ = static_cast<std::size_t>(PyUnicode_GetLength(str_.ptr()));
}

std::size_t OffsetCursor::CodePoints(std::size_t byte) {
  if (ascii_) return byte;
  byte = std::min(byte, view_.size());
  if (byte >= byte_) {
    code_point_ += CountLeads(view_.substr(byte_, byte - byte_));
  } else {
    code_point_ -= CountLeads(view_.substr(byte, byte_ - byte));
  }
  byte_ = byte;
  return code_point_;
}

std::optional<std::size_t> OffsetCursor::Bytes(std::size_t code_point) {
  if (code_point > length_) return std::nullopt;
  if (ascii_) return code_point;
  while (code_point_ < code_point) {
    do ++byte_;
    while (byte_ < view_.size() && !IsLead(view_[byte_]));
    ++code_point_;
  }
  while (code_point_ > code_point) {
    do --byte_;
    while (!IsLead(view_[byte_]));
    --code_point_;
  }
  return byte_;
}

nb::str ToStr(std::string_view utf8) {
  PyObject* str = PyUnicode_FromStringAndSize(
      utf8.data(), static_cast<Py_ssize_t>(utf8.size()));
  if (str == nullptr) {
    PyErr_Clear();
    Raise(absl::InternalError("the result is not valid UTF-8"), Stage::kInput);
  }
  return nb::steal<nb::str>(str);
}

}  // namespace phiwire::python
