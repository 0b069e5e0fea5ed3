// SPDX-License-Identifier: Apache-2.0
//
// Which compression a file has, by its first bytes: gzip (RFC 1952) or
// Zstandard (RFC 8878). decompressor.h and compressor.h read and write them.

#ifndef PHIWIRE_BASE_COMPRESSION_H_
#define PHIWIRE_BASE_COMPRESSION_H_

#include <cstdint>
#include <string_view>

namespace phiwire {

enum class Compression : std::uint8_t { kNone, kGzip, kZstd };

// Four bytes are enough.
constexpr Compression CompressionOf(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\x1F\x8B\x08"sv)) return Compression::kGzip;
  if (head.starts_with("\x28\xB5\x2F\xFD"sv)) return Compression::kZstd;
  return Compression::kNone;
}

}  // namespace phiwire

#endif  // PHIWIRE_BASE_COMPRESSION_H_
