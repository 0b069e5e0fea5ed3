// SPDX-License-Identifier: Apache-2.0
//
// What the XML reader sees, for tests/formats/test_ccda_differential.py: reads
// paths of documents on standard input, writes a line of JSON for each event:
// {"s": name, "a": [[name, begin, end, value], ...]}, {"e": 1}; and {"f": ...}
// with a reason for a document that is refused. A line "." ends a document.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "formats/xml/parser.h"

namespace {

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", c);
      out += buffer;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

class Dump final : public phiwire::xml::Handler {
 public:
  void Start(std::string_view name,
             std::span<const phiwire::xml::Attribute> attributes,
             phiwire::RecordRange) override {
    std::cout << "{\"s\":" << Quoted(name) << ",\"a\":[";
    const char* comma = "";
    for (const phiwire::xml::Attribute& a : attributes) {
      std::cout << comma << "[" << Quoted(a.name) << "," << a.begin << ","
                << a.end << "," << Quoted(a.value) << "]";
      comma = ",";
    }
    std::cout << "]}\n";
  }
  void End(phiwire::RecordRange) override { std::cout << "{\"e\":1}\n"; }
  void Text(phiwire::RecordRange raw) override { Range("t", raw); }
  void Cdata(phiwire::RecordRange, phiwire::RecordRange content) override {
    Range("d", content);
  }
  void Comment(phiwire::RecordRange, phiwire::RecordRange content) override {
    Range("c", content);
  }
  void Instruction(phiwire::RecordRange, phiwire::RecordRange) override {}

 private:
  static void Range(const char* kind, phiwire::RecordRange r) {
    std::cout << "{\"" << kind << "\":[" << r.begin << "," << r.end << "]}\n";
  }
};

}  // namespace

int main() {
  for (std::string path; std::getline(std::cin, path);) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    const std::string document = bytes.str();
    const std::size_t begin =
        std::min(document.find_first_not_of(" \t\r\n"), document.size());
    // Ranges are of the document without the blanks before it.
    Dump dump;
    const absl::Status status =
        phiwire::xml::Parse(std::string_view(document).substr(begin), dump);
    if (!status.ok()) {
      std::cout << "{\"f\":" << Quoted(phiwire::ToStd(status.message()))
                << "}\n";
    }
    std::cout << ".\n";
  }
}
