// SPDX-License-Identifier: Apache-2.0
//
// Byte offsets of UTF-8 text as code points or UTF-16 units. Each is counted
// from the one before, forwards or back: findings come nearly sorted (a text
// over several fields of a message has others between its pieces), so that one
// pass over the text converts them all.
//
//   OffsetConverter convert(text, OffsetUnit::kCodePoint);
//   convert.At(finding.begin);

#ifndef PHIWIRE_APPS_CLI_OFFSETS_H_
#define PHIWIRE_APPS_CLI_OFFSETS_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace phiwire::cli {

enum class OffsetUnit { kByte, kCodePoint, kUtf16 };

// "byte", "codepoint", "utf16".
std::optional<OffsetUnit> ParseOffsetUnit(std::string_view name);

class OffsetConverter {
 public:
  // The result is `base` + `scale` * units.
  OffsetConverter(std::string_view text, OffsetUnit unit, std::size_t scale = 1,
                  std::size_t base = 0)
      : text_(text), unit_(unit), scale_(scale), base_(base) {}

  // `byte` lies on a character border, at most at the text's end.
  std::size_t At(std::size_t byte);

 private:
  std::string_view text_;
  OffsetUnit unit_;
  std::size_t scale_;
  std::size_t base_;
  std::size_t byte_ = 0;
  std::size_t units_ = 0;
};

// For `utf8`, decoded from `encoding`: bytes are those of the file as it was,
// byte order mark and all; characters are counted after the mark.
OffsetConverter FileOffsets(std::string_view utf8, std::string_view encoding,
                            bool bom, OffsetUnit unit);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_OFFSETS_H_
