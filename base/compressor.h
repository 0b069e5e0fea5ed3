// SPDX-License-Identifier: Apache-2.0
//
// Bytes to one gzip member or one Zstandard frame, piece by piece. A gzip
// header holds no name and no time. The heavy part of gzip (Prepare) runs on
// any thread for several pieces at once; Append and Finish take them in order,
// one at a time. The output does not depend on the threads, only on the pieces.
//
//   PHIWIRE_ASSIGN_OR_RETURN(auto c, Compressor::Create(Compression::kGzip));
//   PHIWIRE_ASSIGN_OR_RETURN(Compressor::Piece p, c->Prepare(text));
//   PHIWIRE_RETURN_IF_ERROR(c->Append(p, &out));
//   PHIWIRE_RETURN_IF_ERROR(c->Finish(&out));

#ifndef PHIWIRE_BASE_COMPRESSOR_H_
#define PHIWIRE_BASE_COMPRESSOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/compression.h"

namespace phiwire {

class Compressor {
 public:
  struct Piece {
    std::string bytes;
    std::uint32_t crc = 0;  // of the content, as its size
    std::size_t size = 0;
  };

  // `kind` is not kNone.
  static absl::StatusOr<std::unique_ptr<Compressor>> Create(Compression kind);
  virtual ~Compressor() = default;

  virtual absl::StatusOr<Piece> Prepare(std::string content) const = 0;
  // Both append to *out.
  virtual absl::Status Append(const Piece& piece, std::string* out) = 0;
  virtual absl::Status Finish(std::string* out) = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_COMPRESSOR_H_
