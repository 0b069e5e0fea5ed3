// SPDX-License-Identifier: Apache-2.0
//
// Prints what the HTML reader makes of each line of standard input, a page in
// hexadecimal, as two words in hexadecimal: "x" and the running text, "x" and
// what stands aside. For tests that compare it with other readers.

#include <iostream>
#include <string>
#include <string_view>

#include "absl/strings/escaping.h"
#include "base/strings.h"
#include "formats/markup/xhtml_text.h"

namespace {

std::string Hex(std::string_view text) {
  return absl::BytesToHexString(phiwire::ToAbsl(text));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const std::string page = absl::HexStringToBytes(phiwire::ToAbsl(line));
    phiwire::markup::XhtmlText out;
    if (!phiwire::markup::DecodeXhtml(page, 0, &out).ok()) return 1;
    std::cout << 'x' << Hex(out.text.text()) << " x" << Hex(out.aside.text())
              << '\n';
  }
  return 0;
}
