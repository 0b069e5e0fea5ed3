// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/splitter.h"

#include <algorithm>
#include <cstddef>

#include "formats/hl7v2/byte_scan.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool BeginsRecord(std::string_view file, std::size_t pos) {
  return IsHeaderAt(file, pos) || IsTrailerAt(file, pos);
}

std::size_t SkipBom(std::string_view file, std::size_t pos) {
  return file.substr(pos, kBom.size()) == kBom ? pos + kBom.size() : pos;
}

bool IsGap(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t SkipGap(std::string_view file, std::size_t pos) {
  while (pos < file.size()) {
    const std::size_t next = SkipBom(file, pos);
    if (next != pos) {
      pos = next;
    } else if (IsGap(file[pos]) || file[pos] == kMllpEnd) {
      ++pos;
    } else {
      break;
    }
  }
  return pos;
}

bool MayEnd(char c) {
  return c == '\r' || c == '\n' || c == kMllpStart || c == kMllpEnd;
}

// The end of the record that begins at `begin`.
std::size_t FindEnd(std::string_view file, std::size_t begin) {
  std::size_t pos = begin;
  if (file[pos] == kMllpStart) {
    pos = SkipBom(file, pos + 1);
    pos = std::min(file.find_first_not_of(" \t\r\n", pos), file.size());
  }
  static const ByteScan scan("\r\n\x0B\x1C");
  while (true) {
    pos = scan.Next(file, pos, file.size());
    if (pos >= file.size()) return file.size();
    if (file[pos] == kMllpEnd) return pos + 1;
    if (file[pos] == kMllpStart) return pos;
    ++pos;
    if (BeginsRecord(file, SkipBom(file, pos))) return pos;
  }
}

}  // namespace

absl::StatusOr<std::vector<RecordRange>> SplitMessages(std::string_view file) {
  std::vector<RecordRange> records;
  bool any = false;
  for (std::size_t pos = SkipGap(file, 0); pos < file.size();
       pos = SkipGap(file, pos)) {
    const std::size_t end = FindEnd(file, pos);
    any = any || file[pos] == kMllpStart || BeginsRecord(file, pos);
    records.push_back({pos, end});
    pos = end;
  }
  if (!records.empty() && !any) {
    return Refuse("no message header", 0, file.size());
  }
  return records;
}

std::size_t LastRecord(std::string_view bytes) {
  // A header is sure with its delimiter, a trailer with what follows it.
  constexpr std::size_t kSure = kSegmentNameSize + 1;
  for (std::size_t pos = bytes.size(); pos > 0; --pos) {
    if (bytes[pos - 1] == kMllpStart) {
      if (pos > 1) return pos - 1;
      continue;
    }
    if (pos + kSure > bytes.size() || pos < 2 || !MayEnd(bytes[pos - 1]) ||
        !BeginsRecord(bytes, SkipBom(bytes, pos))) {
      continue;
    }
    // In its MLLP frame, blank lines may come first.
    std::size_t before = pos;
    while (before > 0 && IsGap(bytes[before - 1])) --before;
    if (before == 0) continue;
    return bytes[before - 1] == kMllpStart ? before - 1 : pos;
  }
  return 0;
}

}  // namespace phiwire::hl7v2
