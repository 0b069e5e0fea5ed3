// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/splitter.h"

#include <algorithm>

#include "base/ascii.h"
#include "formats/x12/elements_table.h"

namespace phiwire::x12 {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
// What DOS left at the end of files.
constexpr char kEndOfFile = '\x1A';
constexpr std::size_t kMaxLengthDigits = 9;

std::string_view IdAt(std::string_view text, std::size_t begin,
                      const Delimiters& d) {
  std::size_t end = begin;
  while (end < text.size() && end < begin + 4 && text[end] != d.element &&
         text[end] != d.terminator) {
    ++end;
  }
  return text.substr(begin, end - begin);
}

// Where the data of a BIN or BDS segment ends; `begin` when it can't be told.
std::size_t BinaryEnd(std::string_view text, std::size_t begin,
                      std::string_view id, const Delimiters& d) {
  std::size_t at = begin + id.size() + 1;
  if (id == "BDS") {  // BDS01 is the filter
    at = text.find(d.element, at);
    if (at == std::string_view::npos) return begin;
    ++at;
  }
  const std::size_t digits = DigitsAt(text, at);
  if (digits == 0 || digits > kMaxLengthDigits) return begin;
  const auto size = static_cast<std::size_t>(NumberAt(text, at, digits));
  at += digits;
  if (at >= text.size() || text[at] != d.element) return begin;
  return at + 1 + size;
}

bool IsEnvelope(std::uint32_t id) {
  return id == Code("GS") || id == Code("GE") || id == Code("IEA") ||
         id == Code("TA1");
}

bool BeginsRecord(std::uint32_t id) {
  return IsEnvelope(id) || id == Code("ISA") || id == Code("ST");
}

// An interchange of the file's delimiters behind one of others; npos: none.
std::size_t NextInterchange(std::string_view file, std::size_t from,
                            const Delimiters& d) {
  for (std::size_t at = from;;) {
    at = file.find("ISA", at);
    if (at == std::string_view::npos) return at;
    const auto found = ReadIsa(file.substr(at));
    if (found.ok() && *found == d) return at;
    at += 3;
  }
}

struct Found {
  std::size_t end = 0;
  bool certain = false;
};

// From `begin`, which is within a record, to the segment that ends it.
Found ToRecordEnd(std::string_view file, std::size_t begin, bool transaction,
                  const Delimiters& d) {
  std::size_t at = begin;
  std::size_t end = begin;
  while (true) {
    const RecordRange segment = SegmentAt(file, at, d);
    end = segment.end;
    if (file[segment.end - 1] != d.terminator) return {file.size(), false};
    if (transaction && Code(IdAt(file, at, d)) == Code("SE")) {
      return {end, true};
    }
    at = SkipBlanks(file, end);
    if (at == file.size()) return {end, false};
    const std::string_view id = IdAt(file, at, d);
    if (BeginsRecord(Code(id))) return {end, at + id.size() < file.size()};
  }
}

Found RecordAt(std::string_view file, std::size_t begin, const Delimiters& d) {
  const std::uint32_t id = Code(IdAt(file, begin, d));
  if (id == Code("ISA")) {
    const auto found = ReadIsa(file.substr(begin));
    if (found.ok() && *found == d) return {begin + kIsaSize, true};
    const std::size_t next = NextInterchange(file, begin + 3, d);
    if (next == std::string_view::npos) return {file.size(), false};
    return {next, true};
  }
  if (IsEnvelope(id)) {
    const RecordRange segment = SegmentAt(file, begin, d);
    return {segment.end, file[segment.end - 1] == d.terminator};
  }
  return ToRecordEnd(file, begin, id == Code("ST"), d);
}

}  // namespace

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '\n' || text[at] == '\r' ||
                              text[at] == ' ' || text[at] == '\t')) {
    ++at;
  }
  return at;
}

RecordRange SegmentAt(std::string_view text, std::size_t begin,
                      const Delimiters& d) {
  std::size_t from = begin;
  if (text[begin] == 'B') {
    const std::string_view id = IdAt(text, begin, d);
    if (id == "BIN" || id == "BDS") from = BinaryEnd(text, begin, id, d);
  }
  const std::size_t end = text.find(d.terminator, from);
  return {begin, end == std::string_view::npos ? text.size() : end + 1};
}

SplitFile SplitRecords(std::string_view file, const Delimiters& d) {
  SplitFile out;
  std::size_t at = file.substr(0, kBom.size()) == kBom ? kBom.size() : 0;
  while (true) {
    at = SkipBlanks(file, at);
    while (at < file.size() &&
           (file[at] == d.terminator || file[at] == kEndOfFile)) {
      at = SkipBlanks(file, at + 1);
    }
    if (at == file.size()) return out;
    const Found found = RecordAt(file, at, d);
    out.records.push_back({at, found.end});
    if (found.certain) out.certain = found.end;
    at = found.end;
  }
}

}  // namespace phiwire::x12
