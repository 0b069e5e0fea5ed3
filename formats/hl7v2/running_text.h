// SPDX-License-Identifier: Apache-2.0
//
// Text that goes on: over the repetitions of a field ("line one~line two"),
// and over the segments of its kind that follow (NTE-3; OBX-5 of TX, FT and ST
// under one OBX-3). It becomes one field, so that a name broken over two lines
// and what the text said before are seen; what stands between its pieces is a
// gap that reads as a line end and may hold other fields.
//
// Not thread-safe: one a record.

#ifndef PHIWIRE_FORMATS_HL7V2_RUNNING_TEXT_H_
#define PHIWIRE_FORMATS_HL7V2_RUNNING_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/decoded_text.h"
#include "engine/field.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {

class RunningText {
 public:
  RunningText(const Coding& coding, std::vector<Field>* fields)
      : coding_(coding), fields_(fields) {}

  // A repetition of a running text begins, in a segment under `key` (OBX-3).
  absl::Status BeginLine(std::uint32_t segment, std::string_view key);

  bool open() const { return open_; }
  // Opens the text with its first piece: `field` knows its path and begin.
  void Open(Field field, const Leaf& leaf);
  // A further piece.
  absl::Status Add(const Leaf& leaf);

  // A segment is over: a text with no line in it is, too.
  absl::Status EndSegment();
  // Completes the field.
  absl::Status Close();

 private:
  absl::Status Append(const Leaf& leaf);

  const Coding& coding_;
  std::vector<Field>* fields_;
  bool open_ = false;
  bool in_segment_ = false;
  std::uint32_t segment_ = 0;
  std::string_view key_;
  std::size_t index_ = 0;  // of the field
  int lines_ = 0;          // begun since the last piece
  Leaf first_;
  std::size_t pieces_ = 0;
  std::size_t end_ = 0;  // of the last piece
  FieldText text_;       // filled from the second piece on
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_RUNNING_TEXT_H_
