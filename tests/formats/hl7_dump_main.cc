// SPDX-License-Identifier: Apache-2.0
//
// Prints what the HL7 v2 reader makes of standard input, one JSON object a
// line, for tests that compare it with other parsers:
//   {"record":1,"begin":0,"end":90,"error":"..."}            a refused record
//   {"record":1,"path":"PID-5.1","begin":70,"end":73,"kind":"slot",
//    "type":"NAME","text":"..."}                             a field
// Offsets are bytes of the input; "text" is the decoded leaf (of a running
// text: a line as written), in hexadecimal, since a message may hold bytes that
// are no UTF-8. For test data only.

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "formats/formats.h"

namespace {

std::string Hex(std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

struct Row {
  std::size_t begin = 0;
  std::string text;
};

// The pieces of a running text that begin a line of it; what a forgotten
// delimiter parts is left to the C++ tests.
std::vector<phiwire::RecordRange> Pieces(std::string_view bytes,
                                         const phiwire::Field& f) {
  std::vector<phiwire::RecordRange> out;
  bool begins_line = true;
  std::size_t begin = f.begin;
  const auto put = [&](std::size_t end) {
    if (begins_line && end > begin) out.push_back({begin, end});
  };
  for (const phiwire::RecordRange& gap : f.gaps) {
    put(gap.begin);
    const std::string_view between =
        bytes.substr(gap.begin, gap.end - gap.begin);
    begins_line = between.find_first_of("~\r\n") != std::string_view::npos;
    begin = gap.end;
  }
  put(f.end);
  return out;
}

Row RowOf(std::size_t record, std::size_t base, phiwire::RecordRange range,
          std::string_view text, const phiwire::Field& f) {
  const bool slot = f.kind == phiwire::FieldKind::kSlot;
  return {range.begin,
          phiwire::Concat(
              {"{\"record\":", std::to_string(record), ",\"path\":\"", f.path,
               "\",\"begin\":", std::to_string(base + range.begin),
               ",\"end\":", std::to_string(base + range.end), ",\"kind\":\"",
               slot ? "slot" : "text", "\",\"type\":\"",
               slot ? phiwire::TypeName(f.type) : std::string_view(),
               "\",\"text\":\"", Hex(text), "\"}\n"})};
}

void PrintFields(std::size_t record, std::size_t base, std::string_view bytes,
                 const phiwire::RecordFields& fields) {
  std::vector<Row> rows;
  for (const phiwire::Field& f : fields.fields) {
    if (f.gaps.empty()) {
      const std::string_view text = f.offsets.empty()
                                        ? bytes.substr(f.begin, f.end - f.begin)
                                        : std::string_view(f.decoded);
      rows.push_back(RowOf(record, base, {f.begin, f.end}, text, f));
      continue;
    }
    for (const phiwire::RecordRange& range : Pieces(bytes, f)) {
      rows.push_back(RowOf(record, base, range,
                           bytes.substr(range.begin, range.end - range.begin),
                           f));
    }
  }
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.begin < b.begin; });
  for (const Row& row : rows) std::cout << row.text;
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  const std::string file{std::istreambuf_iterator<char>(std::cin), {}};
  const auto format = phiwire::NewHl7v2Format();
  const auto records = format->Split(file);
  if (!records.ok()) {
    std::cout << "{\"record\":0,\"begin\":0,\"end\":" << file.size()
              << ",\"error\":\"" << phiwire::ToStd(records.status().message())
              << "\"}\n";
    return 0;
  }
  std::size_t ordinal = 0;
  for (const phiwire::RecordRange& range : *records) {
    ++ordinal;
    const auto bytes =
        std::string_view(file).substr(range.begin, range.end - range.begin);
    const auto fields = format->Fields(bytes);
    if (!fields.ok()) {
      std::cout << "{\"record\":" << ordinal << ",\"begin\":" << range.begin
                << ",\"end\":" << range.end << ",\"error\":\""
                << phiwire::ToStd(fields.status().message()) << "\"}\n";
      continue;
    }
    PrintFields(ordinal, range.begin, bytes, *fields);
  }
  return 0;
}
