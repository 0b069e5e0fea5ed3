// SPDX-License-Identifier: Apache-2.0
//
// A record (a message, or one batch segment) cut into segments, and a segment
// into leaves. CR, LF and CRLF end segments; which one, the record's first
// line end says. The other one inside a segment is content, unless what
// follows looks like a segment: then the record is refused, as is any line
// that is no segment.
//
// All offsets are bytes of the record.

#ifndef PHIWIRE_FORMATS_HL7V2_SEGMENTS_H_
#define PHIWIRE_FORMATS_HL7V2_SEGMENTS_H_

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/hl7v2/delimiters.h"

namespace phiwire::hl7v2 {

// MLLP (HL7's minimal lower layer protocol) frames a message by these.
inline constexpr char kMllpStart = '\x0B';
inline constexpr char kMllpEnd = '\x1C';

struct Segment {
  std::string_view name;  // "PID"
  std::size_t begin = 0;
  std::size_t end = 0;  // without the line end
};

struct Record {
  Delimiters delimiters;
  std::vector<Segment> segments;
};

// Whether MSH, FHS or BHS and a delimiter stand at `pos`.
bool IsHeaderAt(std::string_view text, std::size_t pos);
// BTS or FTS, then a delimiter or nothing more on the line.
bool IsTrailerAt(std::string_view text, std::size_t pos);

// The segments of one record; it may stand in an MLLP frame.
absl::StatusOr<Record> ParseRecord(std::string_view record);

// A leaf: one subcomponent. Numbers count from 1, as in HL7.
struct Leaf {
  int component = 1;
  int subcomponent = 1;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// One repetition of one field.
struct FieldRepetition {
  int field = 1;
  std::vector<Leaf> leaves;
};

// Calls `visit` for each repetition of each field after the segment's name,
// MSH-2 (and FHS-2, BHS-2) left out. The argument is reused between calls.
void ForEachRepetition(
    std::string_view record, const Segment& segment, const Delimiters& d,
    const std::function<void(const FieldRepetition&)>& visit);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_SEGMENTS_H_
