// SPDX-License-Identifier: Apache-2.0

#include "formats/x12/delimiters.h"

#include "base/ascii.h"

namespace phiwire::x12 {
namespace {

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Anything a value is made of, or that isn't one byte of one character.
bool IsImpossible(char c) {
  return IsLetter(c) || IsDigit(c) || c == ' ' || c == '\0' || c == '.' ||
         c == '-' || static_cast<unsigned char>(c) >= 0x7F;
}

bool HasIsaWidths(std::string_view isa) {
  std::size_t at = 3;
  for (const std::size_t width : kIsaWidths) {
    if (isa[at] != isa[3]) return false;
    const std::string_view value = isa.substr(at + 1, width);
    // ISA16 is the component separator itself.
    if (value.find(isa[3]) != std::string_view::npos) return false;
    at += width + 1;
  }
  return true;
}

}  // namespace

bool IsIsaAt(std::string_view bytes, std::size_t at) {
  const std::string_view front = bytes.substr(at, 4);
  return front.size() == 4 && front.substr(0, 3) == "ISA" &&
         !IsImpossible(front[3]);
}

absl::StatusOr<Delimiters> ReadIsa(std::string_view bytes) {
  if (bytes.size() < kIsaSize) {
    return absl::DataLossError("ISA segment cut short");
  }
  const std::string_view isa = bytes.substr(0, kIsaSize);
  if (!HasIsaWidths(isa)) {
    return absl::DataLossError("ISA elements of other widths");
  }
  Delimiters d;
  d.element = isa[3];
  d.repetition = isa[82];
  d.component = isa[104];
  d.terminator = isa[105];
  if (IsLetter(d.repetition) || d.repetition == ' ') d.repetition = '\0';
  if (IsImpossible(d.element) || IsImpossible(d.component) ||
      IsImpossible(d.terminator) ||
      (d.repetition != '\0' && IsImpossible(d.repetition))) {
    return absl::DataLossError("impossible delimiter in ISA");
  }
  if (d.element == d.component || d.element == d.terminator ||
      d.component == d.terminator || d.repetition == d.element ||
      d.repetition == d.component || d.repetition == d.terminator) {
    return absl::DataLossError("conflicting delimiters in ISA");
  }
  return d;
}

}  // namespace phiwire::x12
