// SPDX-License-Identifier: Apache-2.0
//
// Walks the segments of one record. Not thread-safe: one walker a record.

#ifndef PHIWIRE_FORMATS_X12_SEGMENTS_H_
#define PHIWIRE_FORMATS_X12_SEGMENTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "formats/x12/delimiters.h"
#include "formats/x12/people.h"

namespace phiwire::x12 {

class Walker {
 public:
  Walker(std::string_view record, const Delimiters& d);

  // The next segment; false at the end of the record or on an error.
  bool Next();
  // kDataLoss with a static reason and the byte range of the segment.
  const absl::Status& status() const { return status_; }

  std::uint32_t code() const { return code_; }
  Elements elements() const { return elements_; }
  // Where an element begins in the record.
  std::size_t BeginOf(std::size_t element) const {
    return static_cast<std::size_t>(elements_[element].data() - record_.data());
  }
  // Whether the element has components or repetitions.
  bool IsComposite(std::size_t element) const { return composite_[element]; }

 private:
  enum Class : std::uint8_t { kPlain, kElement, kInner, kControl };
  void Fail(const char* reason, std::size_t begin, std::size_t end);
  bool CutElements(std::size_t begin, std::size_t end);

  std::string_view record_;
  Delimiters delimiters_;
  std::array<std::uint8_t, 256> classes_{};
  std::size_t at_ = 0;
  std::uint32_t code_ = 0;
  std::vector<std::string_view> elements_;
  std::vector<bool> composite_;
  absl::Status status_;
};

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_SEGMENTS_H_
