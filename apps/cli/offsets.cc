// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/offsets.h"

#include <algorithm>

namespace phiwire::cli {

std::optional<OffsetUnit> ParseOffsetUnit(std::string_view name) {
  if (name == "byte") return OffsetUnit::kByte;
  if (name == "codepoint") return OffsetUnit::kCodePoint;
  if (name == "utf16") return OffsetUnit::kUtf16;
  return std::nullopt;
}

std::size_t OffsetConverter::At(std::size_t byte) {
  if (unit_ == OffsetUnit::kByte) return base_ + byte;
  const std::size_t at = std::min(byte, text_.size());
  const auto [begin, end] = std::minmax(byte_, at);
  std::size_t continuation = 0;  // bytes 10xxxxxx: no unit of their own
  std::size_t four = 0;          // lead bytes 11110xxx: two UTF-16 units
  for (std::size_t i = begin; i < end; ++i) {
    const auto c = static_cast<unsigned char>(text_[i]);
    continuation += (c & 0xC0u) == 0x80u;
    four += c >= 0xF0u;
  }
  std::size_t units = (end - begin) - continuation;
  if (unit_ == OffsetUnit::kUtf16) units += four;
  units_ = at < byte_ ? units_ - units : units_ + units;
  byte_ = at;
  return base_ + scale_ * units_;
}

OffsetConverter FileOffsets(std::string_view utf8, std::string_view encoding,
                            bool bom, OffsetUnit unit) {
  if (unit != OffsetUnit::kByte) return OffsetConverter(utf8, unit);
  if (encoding == "utf-8") {
    return OffsetConverter(utf8, unit, 1, bom ? 3 : 0);
  }
  if (encoding.starts_with("utf-16")) {
    return OffsetConverter(utf8, OffsetUnit::kUtf16, 2, bom ? 2 : 0);
  }
  return OffsetConverter(utf8, OffsetUnit::kCodePoint);  // one byte each
}

}  // namespace phiwire::cli
