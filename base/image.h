// SPDX-License-Identifier: Apache-2.0
//
// Images: what a text of ours says, in the form the program keeps in memory,
// written when phiwire is built (tools/build_images.cc) so that a start need
// not parse it. The text stays the truth: an image holds the checksum of the
// text it was made from and is used only while that fits, so a text edited
// after the build is read as text again, and so is one whose image is damaged,
// missing or of another version.
//
// Header, 64 bytes, little endian: magic (8 bytes), version u32, zero u32,
// checksum of the body u64, of the text u64 (0: the body says), size of the
// file u64, 24 zero bytes. The body follows.

#ifndef PHIWIRE_BASE_IMAGE_H_
#define PHIWIRE_BASE_IMAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/mapped_file.h"

namespace phiwire {

struct ImageKind {
  std::string_view magic;  // at most 8 bytes
  std::uint32_t version = 0;
};

// The file of an image.
std::string MakeImage(const ImageKind& kind, std::uint64_t text_checksum,
                      std::string_view body);

class Image {
 public:
  // Nothing when it is not there, of another kind or damaged.
  static std::optional<Image> Open(std::string_view path,
                                   const ImageKind& kind);
  std::uint64_t text_checksum() const;
  // Aligned to 64 bytes, while this or what it was moved to lives.
  std::string_view body() const;

 private:
  explicit Image(MappedFile file) : file_(std::move(file)) {}
  MappedFile file_;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_IMAGE_H_
