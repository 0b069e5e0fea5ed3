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

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "formats/hl7v2/byte_scan.h"
#include "formats/hl7v2/delimiters.h"

namespace phiwire::hl7v2 {

// MLLP (HL7's minimal lower layer protocol) frames a message by these.
inline constexpr char kMllpStart = '\x0B';
inline constexpr char kMllpEnd = '\x1C';

inline constexpr std::size_t kSegmentNameSize = 3;

struct Segment {
  std::string_view name;  // "PID"
  std::size_t begin = 0;
  std::size_t end = 0;  // without the line end
};

// The front of a record: where it begins and how it is cut.
struct Header {
  Delimiters delimiters;
  std::size_t begin = 0;  // of the first segment: no MLLP byte, no BOM
  std::size_t end = 0;    // of the record without its MLLP end
  Segment first;
  char line_end = '\r';
};

struct Record {
  Delimiters delimiters;
  std::vector<Segment> segments;
  bool high_bytes = false;  // any byte over 0x7F
  bool switches = false;    // a raw ISO 2022 escape (0x1B)
};

// Whether MSH, FHS or BHS and a delimiter stand at `pos`.
bool IsHeaderAt(std::string_view text, std::size_t pos);
// BTS or FTS, then a delimiter or nothing more on the line.
bool IsTrailerAt(std::string_view text, std::size_t pos);
bool IsHeaderName(std::string_view name);

// The header of one record; it may stand in an MLLP frame.
absl::StatusOr<Header> ParseHeader(std::string_view record);

// The delimiters of a record that was read, whatever stands behind them: for
// each of many places.
absl::StatusOr<Delimiters> DelimitersOf(std::string_view record);

// The segments of one record. A raw ISO 2022 escape is reported, not refused.
absl::StatusOr<Record> ParseRecord(std::string_view record);

// A leaf: one subcomponent. Numbers count from 1, as in HL7.
struct Leaf {
  int component = 1;
  int subcomponent = 1;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool plain = true;  // no escape character, and no byte that needs decoding
};

// One repetition of one field.
struct FieldRepetition {
  int field = 1;
  bool first = true;  // of its field
  std::vector<Leaf> leaves;
};

// Cuts segments of one record into leaves; not thread-safe.
class Cutter {
 public:
  // `high_bytes`: whether bytes over 0x7F make a leaf other than plain.
  explicit Cutter(const Delimiters& d, bool high_bytes = false);

  // Whether repetitions without a byte are visited.
  enum class Empty { kVisited, kLeftOut };

  // Calls visit(const FieldRepetition&) for each repetition of each field
  // after the segment's name, MSH-2 (and FHS-2, BHS-2) left out. The argument
  // is reused between calls.
  template <class Visit>
  void ForEachRepetition(std::string_view record, const Segment& segment,
                         Visit visit) {
    ForEachRepetition(record, segment, Empty::kVisited, visit);
  }
  template <class Visit>
  void ForEachRepetition(std::string_view record, const Segment& segment,
                         Empty empty, Visit visit) {
    std::size_t i = segment.begin + kSegmentNameSize + 1;
    out_.field = 1;
    if (IsHeaderName(segment.name)) {
      // A header's first delimiter is itself a field (MSH-1).
      out_.field = 3;
      i = record.find(field_, i);
      if (i >= segment.end) return;
      ++i;
    }
    out_.first = true;
    out_.leaves.clear();
    int component = 1;
    int subcomponent = 1;
    std::size_t begin = i;
    bool plain = true;
    if (i > segment.end) return;
    ByteWalk walk(scan_, record, i, segment.end);
    const bool skips = empty == Empty::kLeftOut;
    for (bool more = true; more;) {
      i = walk.Next();
      more = i < segment.end;
      const Mark mark =
          more ? marks_[static_cast<unsigned char>(record[i])] : Mark::kField;
      if (mark == Mark::kSpecial) {
        plain = false;
        continue;
      }
      if (skips && begin == i && out_.leaves.empty() &&
          mark <= Mark::kRepetition) {
        out_.first = mark == Mark::kField;
        out_.field += mark == Mark::kField;
        ++begin;
        continue;
      }
      const Leaf leaf{component, subcomponent, begin, i, plain};
      out_.leaves.push_back(leaf);
      begin = i + 1;
      plain = true;
      if (mark == Mark::kSubcomponent) {
        ++subcomponent;
        continue;
      }
      subcomponent = 1;
      if (mark == Mark::kComponent) {
        ++component;
        continue;
      }
      visit(std::as_const(out_));
      out_.leaves.clear();
      component = 1;
      out_.first = mark == Mark::kField;
      out_.field += mark == Mark::kField;
    }
  }

 private:
  enum class Mark : std::uint8_t {
    kSpecial,
    kField,
    kRepetition,
    kComponent,
    kSubcomponent,
  };
  std::array<Mark, 256> marks_{};
  ByteScan scan_;
  char field_;
  FieldRepetition out_;
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_SEGMENTS_H_
