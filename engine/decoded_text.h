// SPDX-License-Identifier: Apache-2.0
//
// Builds a Field's decoded text beside the map to its raw bytes; what formats
// with escapes or mark-up share. One builder a field, not thread-safe.
//
//   DecodedText text;                     // of "a&lt;<b>c</b>" at 100
//   text.Copy("a", 100);
//   text.Put("<", 101);                   // &lt; begins at 101
//   text.Gap(105, 108);                   // <b>: stays, says nothing
//   text.Copy("c", 108);
//   text.Separate('\n', 109, 113);        // </b> as if it ended a line
//   text.Finish(113, &field);             // decoded "a<c\n"
//
// A piece of several decoded bytes (Put) has them all at its raw begin, so an
// edit takes the whole of it or nothing.
//
// Limit: records of 4 GiB (offsets are 32 bits), as Field's.

#ifndef PHIWIRE_ENGINE_DECODED_TEXT_H_
#define PHIWIRE_ENGINE_DECODED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/field.h"

namespace phiwire {

// base/encoding.h has a DecodedText too, and two classes of one name in one
// program are undefined behaviour: the class has a name of its own.
class FieldText {
 public:
  // Room for the text of so many raw bytes.
  void Reserve(std::size_t raw) {
    text_.reserve(raw);
    offsets_.reserve(raw + 1);
  }

  // Raw bytes that are text already, one decoded byte each.
  void Copy(std::string_view raw, std::size_t at) {
    text_.append(raw);
    // Not push_back: the compiler makes vector code of a plain loop.
    const std::size_t first = offsets_.size();
    offsets_.resize(first + raw.size());
    std::uint32_t* const to = offsets_.data() + first;
    const auto from = static_cast<std::uint32_t>(at);
    const auto size = static_cast<std::uint32_t>(raw.size());
    for (std::uint32_t i = 0; i < size; ++i) to[i] = from + i;
  }

  // An escape that begins at `at` and stands for `text`.
  void Put(std::string_view text, std::size_t at) {
    text_.append(text);
    for (std::size_t i = 0; i < text.size(); ++i) Map(at);
  }

  // Raw bytes that stay and say nothing: "John<b>son</b>" reads Johnson.
  void Gap(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (!gaps_.empty() && gaps_.back().end == begin) {
      gaps_.back().end = end;
    } else {
      gaps_.push_back({begin, end});
    }
  }

  // Raw bytes that stay and read as one blank, tab or line end.
  void Separate(char as, std::size_t begin, std::size_t end) {
    Put(std::string_view(&as, 1), begin);
    Gap(begin, end);
  }

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

  // Hands text, map and gaps over to the field, whose range [begin, end) the
  // caller has set or sets; `end` is the raw offset behind the last byte.
  void Finish(std::size_t end, Field* field) {
    Map(end);
    field->decoded = std::move(text_);
    field->offsets = std::move(offsets_);
    field->gaps = std::move(gaps_);
    *this = FieldText();
  }

 private:
  void Map(std::size_t raw) {
    offsets_.push_back(static_cast<std::uint32_t>(raw));
  }

  std::string text_;
  std::vector<std::uint32_t> offsets_;
  std::vector<RecordRange> gaps_;
};

using DecodedText = FieldText;

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_DECODED_TEXT_H_
