// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/segments.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/status_macros.h"

namespace phiwire::hl7v2 {
namespace {

constexpr std::size_t kNameSize = kSegmentNameSize;
constexpr std::string_view kBom = "\xEF\xBB\xBF";
// MSH-9 is the message type; a lone MSH that ends before it is cut off.
constexpr int kMessageType = 9;
// Raw ISO 2022 escapes switch to another character set in mid-text.
constexpr char kIso2022Escape = '\x1B';

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsVisibleNonAlnum(char c) {
  return c > ' ' && c < '\x7F' && !IsUpper(c) && !IsDigit(c) &&
         !(c >= 'a' && c <= 'z');
}

bool IsSegmentName(std::string_view s) {
  return s.size() == kNameSize && IsUpper(s[0]) &&
         (IsUpper(s[1]) || IsDigit(s[1])) && (IsUpper(s[2]) || IsDigit(s[2]));
}

bool LooksLikeSegment(std::string_view text, char field_delimiter) {
  return text.size() > kNameSize && IsSegmentName(text.substr(0, kNameSize)) &&
         text[kNameSize] == field_delimiter;
}

// The record without its MLLP bytes and byte order mark.
struct Body {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Behind what an MLLP frame and editors put before a record.
std::size_t FrontOf(std::string_view record) {
  std::size_t begin = record.starts_with(kMllpStart) ? 1 : 0;
  if (record.substr(begin, kBom.size()) == kBom) begin += kBom.size();
  return std::min(record.find_first_not_of(" \t\r\n", begin), record.size());
}

absl::StatusOr<Body> Unframe(std::string_view record) {
  Body body{0, record.size()};
  const bool framed = record.starts_with(kMllpStart);
  const std::size_t last = record.find_last_not_of(" \t\r\n");
  const bool closed =
      last != std::string_view::npos && record[last] == kMllpEnd;
  if (closed) body.end = last;
  body.begin = std::min(FrontOf(record), body.end);
  // In a framed batch the frame ends with the trailer, another record.
  const bool batch = record.substr(body.begin, 1) != "M";
  if (framed && !closed && !batch) {
    return Refuse("MLLP frame without its end", 0, record.size());
  }
  return body;
}

absl::Status CheckBytes(std::string_view record, const Header& header,
                        Record& out) {
  static constexpr char kLookedFor[] = {'\0', kMllpStart, kMllpEnd,
                                        kIso2022Escape};
  constexpr std::string_view looked_for(kLookedFor, sizeof(kLookedFor));
  static const ByteScan controls(looked_for);
  static const ByteScan controls_and_high(looked_for, /*high=*/true);
  const std::string_view text = record.substr(0, header.end);
  const ByteScan* scan = &controls_and_high;
  for (std::size_t at = scan->Next(text, header.begin, text.size());
       at < text.size(); at = scan->Next(text, at + 1, text.size())) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      out.high_bytes = true;  // one tells enough
      scan = &controls;
    } else if (text[at] == kIso2022Escape) {
      out.switches = true;
    } else {
      return Refuse("control byte", at, at + 1);
    }
  }
  return absl::OkStatus();
}

// `other_line_end`: '\0' when the record has none.
absl::Status CheckSegment(std::string_view record, const Segment& segment,
                          char field_delimiter, char other_line_end) {
  const std::string_view text =
      record.substr(segment.begin, segment.end - segment.begin);
  if (!IsSegmentName(segment.name) ||
      (text.size() > kNameSize && text[kNameSize] != field_delimiter)) {
    return Refuse("line that is no segment", segment.begin, segment.end);
  }
  if (other_line_end == '\0') return absl::OkStatus();
  for (std::size_t at = text.find(other_line_end); at != std::string_view::npos;
       at = text.find(other_line_end, at + 1)) {
    if (LooksLikeSegment(text.substr(at + 1), field_delimiter)) {
      return Refuse("mixed line ends", segment.begin + at,
                    segment.begin + at + 1);
    }
  }
  return absl::OkStatus();
}

absl::Status CutSegments(std::string_view record, const Header& header,
                         Record& out) {
  const char other = header.line_end == '\r' ? '\n' : '\r';
  const bool mixed = record.find(other, header.begin) != std::string_view::npos;
  std::size_t begin = header.begin;
  while (begin < header.end) {
    const std::size_t next =
        std::min(record.find(header.line_end, begin), header.end);
    // The LF of CRLF, and blank lines, belong to no segment.
    std::size_t first = begin;
    while (first < next && (record[first] == '\r' || record[first] == '\n')) {
      ++first;
    }
    std::size_t end = next;
    while (end > first && record[end - 1] == other) --end;
    const std::string_view line = record.substr(first, end - first);
    if (line.find_first_not_of(" \t") != std::string_view::npos) {
      const Segment segment{line.substr(0, kNameSize), first, end};
      PHIWIRE_RETURN_IF_ERROR(CheckSegment(
          record, segment, out.delimiters.field, mixed ? other : '\0'));
      if (!out.segments.empty() && IsHeaderName(segment.name)) {
        return Refuse("second header in a message", first, end);
      }
      out.segments.push_back(segment);
    }
    begin = next + 1;
  }
  return absl::OkStatus();
}

int LastField(std::string_view record, const Segment& header, char delimiter) {
  const auto begin = record.begin() + static_cast<std::ptrdiff_t>(header.begin);
  const auto end = record.begin() + static_cast<std::ptrdiff_t>(header.end);
  return 1 + static_cast<int>(std::count(begin, end, delimiter));
}

// Trailers carry no delimiters of their own but the field separator; the rest
// are HL7's, so that at worst a comment is scanned uncut.
Delimiters TrailerDelimiters(std::string_view trailer) {
  Delimiters d;
  if (trailer.size() <= kNameSize || trailer[kNameSize] == d.field) return d;
  const char field = trailer[kNameSize];
  for (char* c : {&d.component, &d.repetition, &d.escape, &d.subcomponent}) {
    if (*c == field) *c = '\0';
  }
  d.has_escape = d.escape != '\0';
  d.field = field;
  return d;
}

}  // namespace

bool IsHeaderName(std::string_view name) {
  return name == "MSH" || name == "FHS" || name == "BHS";
}

bool IsHeaderAt(std::string_view text, std::size_t pos) {
  return pos + kNameSize < text.size() &&
         IsHeaderName(text.substr(pos, kNameSize)) &&
         IsVisibleNonAlnum(text[pos + kNameSize]);
}

bool IsTrailerAt(std::string_view text, std::size_t pos) {
  const std::string_view name = text.substr(pos, kNameSize);
  if (name != "BTS" && name != "FTS") return false;
  if (pos + kNameSize == text.size()) return true;
  const char c = text[pos + kNameSize];
  return IsVisibleNonAlnum(c) || c == '\r' || c == '\n' || c == kMllpEnd;
}

namespace {

absl::StatusOr<Delimiters> DelimitersIn(std::string_view line,
                                        std::size_t begin) {
  if (IsTrailerAt(line, 0)) return TrailerDelimiters(line);
  if (!IsHeaderName(line.substr(0, kNameSize))) {
    return Refuse("no message header", begin, begin + line.size());
  }
  return ParseDelimiters(line, begin);
}

}  // namespace

absl::StatusOr<Delimiters> DelimitersOf(std::string_view record) {
  constexpr std::size_t kLongest = 64;  // MSH-1 and MSH-2 are less
  const std::size_t begin = FrontOf(record);
  const std::string_view front = record.substr(begin, kLongest);
  constexpr std::string_view kEnds("\r\n\x1C");
  return DelimitersIn(front.substr(0, front.find_first_of(kEnds)), begin);
}

absl::StatusOr<Header> ParseHeader(std::string_view record) {
  PHIWIRE_ASSIGN_OR_RETURN(const Body body, Unframe(record));
  Header out;
  out.begin = body.begin;
  out.end = body.end;
  const std::string_view text = record.substr(0, body.end);
  static const ByteScan line_ends("\r\n");
  const std::size_t end = line_ends.Next(text, body.begin, body.end);
  const std::string_view line = text.substr(body.begin, end - body.begin);
  PHIWIRE_ASSIGN_OR_RETURN(out.delimiters, DelimitersIn(line, body.begin));
  out.first = {line.substr(0, kNameSize), body.begin, end};
  out.line_end = end < body.end && text[end] == '\n' ? '\n' : '\r';
  return out;
}

absl::StatusOr<Record> ParseRecord(std::string_view record) {
  PHIWIRE_ASSIGN_OR_RETURN(const Header header, ParseHeader(record));
  Record out;
  out.delimiters = header.delimiters;
  PHIWIRE_RETURN_IF_ERROR(CheckBytes(record, header, out));
  PHIWIRE_RETURN_IF_ERROR(
      CutSegments(record.substr(0, header.end), header, out));
  const Segment& first = out.segments.front();
  if (first.name == "MSH" && out.segments.size() == 1 &&
      LastField(record, first, out.delimiters.field) < kMessageType) {
    return Refuse("message that ends within MSH", first.begin, first.end);
  }
  return out;
}

Cutter::Cutter(const Delimiters& d, bool high_bytes)
    : scan_(std::string_view(
                std::array<char, 5>{d.field, d.repetition, d.component,
                                    d.subcomponent, d.escape}
                    .data(),
                5),
            high_bytes),
      field_(d.field) {
  constexpr std::size_t kUsual = 16;
  out_.leaves.reserve(kUsual);
  const auto set = [this](char c, Mark mark) {
    if (c != '\0') marks_[static_cast<unsigned char>(c)] = mark;
  };
  set(d.subcomponent, Mark::kSubcomponent);
  set(d.component, Mark::kComponent);
  set(d.repetition, Mark::kRepetition);
  set(d.field, Mark::kField);
}

}  // namespace phiwire::hl7v2
