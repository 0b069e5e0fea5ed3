// SPDX-License-Identifier: Apache-2.0
//
// Prints what the HL7 v2 reader makes of standard input, one JSON object a
// line, for tests that compare it with other parsers:
//   {"record":1,"begin":0,"end":90,"error":"..."}            a refused record
//   {"record":1,"path":"PID-5.1","begin":70,"end":73,"kind":"slot",
//    "type":"NAME","text":"..."}                             a field
// Offsets are bytes of the input; "text" is the decoded leaf, in hexadecimal,
// since a message may hold bytes that are no UTF-8. For test data only.

#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

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

void PrintField(std::size_t record, std::size_t base, std::string_view bytes,
                const phiwire::Field& f) {
  const std::string_view text = f.offsets.empty()
                                    ? bytes.substr(f.begin, f.end - f.begin)
                                    : std::string_view(f.decoded);
  const bool slot = f.kind == phiwire::FieldKind::kSlot;
  std::cout << "{\"record\":" << record << ",\"path\":\"" << f.path
            << "\",\"begin\":" << base + f.begin << ",\"end\":" << base + f.end
            << ",\"kind\":\"" << (slot ? "slot" : "text") << "\",\"type\":\""
            << (slot ? phiwire::TypeName(f.type) : std::string_view())
            << "\",\"text\":\"" << Hex(text) << "\"}\n";
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
    for (const phiwire::Field& field : fields->fields) {
      PrintField(ordinal, range.begin, bytes, field);
    }
  }
  return 0;
}
