// SPDX-License-Identifier: Apache-2.0
//
// One of the texts that a document's text falls into (reader.h), collected in
// order; what lies between its pieces becomes gaps by itself. Not thread-safe.

#ifndef PHIWIRE_FORMATS_RTF_STREAM_H_
#define PHIWIRE_FORMATS_RTF_STREAM_H_

#include <cstddef>
#include <string_view>

#include "engine/decoded_text.h"

namespace phiwire::rtf {

class Stream {
 public:
  bool empty() const { return text_.empty(); }
  std::string_view text() const { return text_.text(); }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

  void Reserve(std::size_t raw) { text_.Reserve(raw); }

  void Copy(std::string_view raw, std::size_t at) {
    Join(at);
    text_.Copy(raw, at);
    end_ = at + raw.size();
  }
  // Raw [at, end) stands for `text`.
  void Put(std::string_view text, std::size_t at, std::size_t end) {
    Join(at);
    text_.Put(text, at);
    end_ = end;
  }
  // Raw [at, end) stays and reads as `as`.
  void Separate(char as, std::size_t at, std::size_t end) {
    Join(at);
    text_.Separate(as, at, end);
    end_ = end;
  }
  // The bytes up to `end` belong to the character before.
  void Extend(std::size_t end) {
    if (!empty() && end_ < end) end_ = end;
  }
  // What comes next begins a line.
  void Break() { break_ = !empty(); }

  void Finish(Field* field) {
    field->begin = begin_;
    field->end = end_;
    text_.Finish(end_, field);
    *this = Stream();
  }

 private:
  void Join(std::size_t at) {
    if (empty()) {
      begin_ = at;
    } else if (break_) {
      text_.Put("\n", end_);
      text_.Gap(end_, at);
    } else {
      text_.Gap(end_, at);
    }
    break_ = false;
  }

  FieldText text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool break_ = false;
};

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_STREAM_H_
