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
  if (unit_ == OffsetUnit::kByte) return byte;
  const std::size_t end = std::min(byte, text_.size());
  std::size_t continuation = 0;  // bytes 10xxxxxx: no unit of their own
  std::size_t four = 0;          // lead bytes 11110xxx: two UTF-16 units
  for (std::size_t i = byte_; i < end; ++i) {
    const auto c = static_cast<unsigned char>(text_[i]);
    continuation += (c & 0xC0u) == 0x80u;
    four += c >= 0xF0u;
  }
  units_ += (end - byte_) - continuation;
  if (unit_ == OffsetUnit::kUtf16) units_ += four;
  byte_ = end;
  return units_;
}

}  // namespace phiwire::cli
