// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/segments.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/status_macros.h"

namespace phiwire::hl7v2 {
namespace {

constexpr std::size_t kNameSize = 3;
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

bool IsHeaderName(std::string_view name) {
  return name == "MSH" || name == "FHS" || name == "BHS";
}

// The record without its MLLP bytes and byte order mark.
struct Body {
  std::size_t begin = 0;
  std::size_t end = 0;
};

absl::StatusOr<Body> Unframe(std::string_view record) {
  Body body{0, record.size()};
  const bool framed = !record.empty() && record.front() == kMllpStart;
  if (framed) ++body.begin;
  const std::size_t last = record.find_last_not_of(" \t\r\n");
  const bool closed =
      last != std::string_view::npos && record[last] == kMllpEnd;
  if (closed) body.end = last;
  if (record.substr(body.begin, kBom.size()) == kBom) {
    body.begin += kBom.size();
  }
  body.begin =
      std::min(record.find_first_not_of(" \t\r\n", body.begin), body.end);
  // In a framed batch the frame ends with the trailer, another record.
  const bool batch = record.substr(body.begin, 1) != "M";
  if (framed && !closed && !batch) {
    return Refuse("MLLP frame without its end", 0, record.size());
  }
  return body;
}

absl::Status CheckBytes(std::string_view record, const Body& body) {
  for (std::size_t i = body.begin; i < body.end; ++i) {
    const char c = record[i];
    if (c == '\0' || c == kMllpStart || c == kMllpEnd) {
      return Refuse("control byte", i, i + 1);
    }
    if (c == kIso2022Escape) {
      return Refuse("character set switch (ISO 2022)", i, i + 1);
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSegment(std::string_view record, const Segment& segment,
                          char field_delimiter, char other_line_end) {
  const std::string_view text =
      record.substr(segment.begin, segment.end - segment.begin);
  if (!IsSegmentName(segment.name) ||
      (text.size() > kNameSize && text[kNameSize] != field_delimiter)) {
    return Refuse("line that is no segment", segment.begin, segment.end);
  }
  for (std::size_t at = text.find(other_line_end); at != std::string_view::npos;
       at = text.find(other_line_end, at + 1)) {
    if (LooksLikeSegment(text.substr(at + 1), field_delimiter)) {
      return Refuse("mixed line ends", segment.begin + at,
                    segment.begin + at + 1);
    }
  }
  return absl::OkStatus();
}

absl::Status CutSegments(std::string_view record, const Body& body,
                         char line_end, Record& out) {
  const char other = line_end == '\r' ? '\n' : '\r';
  std::size_t begin = body.begin;
  while (begin < body.end) {
    std::size_t next = std::min(record.find(line_end, begin), body.end);
    // The LF of CRLF, and blank lines, belong to no segment.
    std::size_t first = record.find_first_not_of("\r\n", begin);
    first = std::min(first, next);
    std::size_t end = next;
    while (end > first && record[end - 1] == other) --end;
    const std::string_view line = record.substr(first, end - first);
    if (line.find_first_not_of(" \t") != std::string_view::npos) {
      const Segment segment{line.substr(0, kNameSize), first, end};
      PHIWIRE_RETURN_IF_ERROR(
          CheckSegment(record, segment, out.delimiters.field, other));
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

void CutLeaves(std::string_view record, std::size_t begin, std::size_t end,
               const Delimiters& d, std::vector<Leaf>& leaves) {
  Leaf leaf{1, 1, begin, begin};
  for (std::size_t i = begin; i <= end; ++i) {
    const bool at_end = i == end;
    if (!at_end && record[i] != d.component && record[i] != d.subcomponent) {
      continue;
    }
    leaf.end = i;
    leaves.push_back(leaf);
    if (at_end) break;
    if (record[i] == d.component) {
      ++leaf.component;
      leaf.subcomponent = 1;
    } else {
      ++leaf.subcomponent;
    }
    leaf.begin = i + 1;
  }
}

}  // namespace

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

absl::StatusOr<Record> ParseRecord(std::string_view record) {
  PHIWIRE_ASSIGN_OR_RETURN(const Body body, Unframe(record));
  PHIWIRE_RETURN_IF_ERROR(CheckBytes(record, body));
  const std::string_view text = record.substr(0, body.end);
  const std::size_t first_end =
      std::min(text.find_first_of("\r\n", body.begin), body.end);
  const std::string_view first =
      text.substr(body.begin, first_end - body.begin);
  Record out;
  if (IsTrailerAt(text, body.begin)) {
    out.delimiters = TrailerDelimiters(first);
  } else if (IsHeaderName(first.substr(0, kNameSize))) {
    PHIWIRE_ASSIGN_OR_RETURN(out.delimiters,
                             ParseDelimiters(first, body.begin));
  } else {
    return Refuse("no message header", body.begin, first_end);
  }
  const char line_end =
      first_end < body.end && text[first_end] == '\n' ? '\n' : '\r';
  PHIWIRE_RETURN_IF_ERROR(CutSegments(text, body, line_end, out));
  const Segment& header = out.segments.front();
  if (header.name == "MSH" && out.segments.size() == 1 &&
      LastField(text, header, out.delimiters.field) < kMessageType) {
    return Refuse("message that ends within MSH", header.begin, header.end);
  }
  return out;
}

void ForEachRepetition(
    std::string_view record, const Segment& segment, const Delimiters& d,
    const std::function<void(const FieldRepetition&)>& visit) {
  const std::string_view text = record.substr(0, segment.end);
  const bool header = IsHeaderName(segment.name);
  FieldRepetition out;
  // A header's first delimiter is itself a field (MSH-1).
  out.field = header ? 2 : 1;
  std::size_t begin = segment.begin + kNameSize + 1;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(d.field, begin), text.size());
    if (!(header && out.field == 2)) {
      for (std::size_t from = begin; from <= end;) {
        std::size_t to = end;
        if (d.repetition != '\0') {
          to = std::min(text.substr(0, end).find(d.repetition, from), end);
        }
        out.leaves.clear();
        CutLeaves(record, from, to, d, out.leaves);
        visit(out);
        from = to + 1;
      }
    }
    ++out.field;
    begin = end + 1;
  }
}

}  // namespace phiwire::hl7v2
