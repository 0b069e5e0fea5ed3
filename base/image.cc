// SPDX-License-Identifier: Apache-2.0

#include "base/image.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/checksum.h"

namespace phiwire {
namespace {

// Images are read in place.
static_assert(std::endian::native == std::endian::little);

constexpr std::size_t kMostBytes = std::size_t{1} << 30;

struct Header {
  char magic[8] = {};
  std::uint32_t version = 0;
  std::uint32_t zero = 0;
  std::uint64_t body_checksum = 0;
  std::uint64_t text_checksum = 0;
  std::uint64_t file_bytes = 0;
  std::uint8_t zeros[24] = {};
};
static_assert(sizeof(Header) == 64);

Header HeaderOf(const ImageKind& kind) {
  Header header;
  std::memcpy(header.magic, kind.magic.data(),
              std::min(kind.magic.size(), sizeof header.magic));
  header.version = kind.version;
  return header;
}

Header ReadHeader(std::string_view file) {
  Header header;
  std::memcpy(&header, file.data(), sizeof header);
  return header;
}

}  // namespace

std::string MakeImage(const ImageKind& kind, std::uint64_t text_checksum,
                      std::string_view body) {
  Header header = HeaderOf(kind);
  header.body_checksum = Checksum(body);
  header.text_checksum = text_checksum;
  header.file_bytes = sizeof header + body.size();
  std::string out(sizeof header, '\0');
  std::memcpy(out.data(), &header, sizeof header);
  out.append(body);
  return out;
}

std::optional<Image> Image::Open(std::string_view path, const ImageKind& kind) {
  absl::StatusOr<MappedFile> file = MappedFile::Open(path, kMostBytes);
  if (!file.ok() || file->bytes().size() < sizeof(Header)) return std::nullopt;
  const std::string_view body = file->bytes().substr(sizeof(Header));
  Header wanted = HeaderOf(kind);
  wanted.body_checksum = Checksum(body);
  wanted.text_checksum = ReadHeader(file->bytes()).text_checksum;
  wanted.file_bytes = file->bytes().size();
  if (std::memcmp(file->bytes().data(), &wanted, sizeof wanted) != 0) {
    return std::nullopt;
  }
  return Image(*std::move(file));
}

std::uint64_t Image::text_checksum() const {
  return ReadHeader(file_.bytes()).text_checksum;
}

std::string_view Image::body() const {
  return file_.bytes().substr(sizeof(Header));
}

}  // namespace phiwire
