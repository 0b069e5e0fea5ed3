// SPDX-License-Identifier: Apache-2.0
//
// gzip and Zstandard back to bytes, piece by piece in constant memory. Several
// members or frames in a row are one content. What is cut off, fails its check
// sum or has something behind its end is an error. So is a bomb: more than
// kMaxRatio bytes from each one read, once there are more than kFreeBytes.
//
// Memory: 40 KiB for gzip; for Zstandard its window, at most 128 MiB.
// Threads: one at a time.
//
//   PHIWIRE_ASSIGN_OR_RETURN(auto d, Decompressor::Create(kind));
//   while (more) {
//     std::string_view in = ...;
//     do { PHIWIRE_ASSIGN_OR_RETURN(n, d->Read(&in, out)); } while (n > 0);
//   }
//   PHIWIRE_RETURN_IF_ERROR(d->End());

#ifndef PHIWIRE_BASE_DECOMPRESSOR_H_
#define PHIWIRE_BASE_DECOMPRESSOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/compression.h"

namespace phiwire {

class Decompressor {
 public:
  // Logs shrink to a twentieth or so; gzip can't go below a 1032nd.
  static constexpr std::uint64_t kMaxRatio = 500;
  static constexpr std::uint64_t kFreeBytes = std::uint64_t{64} << 20;

  // `kind` is not kNone.
  static absl::StatusOr<std::unique_ptr<Decompressor>> Create(Compression kind);
  virtual ~Decompressor() = default;

  // Takes bytes off the front of *in and says how many of `out` it has
  // written. 0: all of *in is taken and nothing is left inside. kDataLoss,
  // kOutOfRange (a bomb).
  absl::StatusOr<std::size_t> Read(std::string_view* in, std::span<char> out);
  // kDataLoss when the input can't end here.
  virtual absl::Status End() const = 0;

 protected:
  // One step: some bytes in or some bytes out.
  virtual absl::StatusOr<std::size_t> Step(std::string_view* in,
                                           std::span<char> out) = 0;

 private:
  std::uint64_t read_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_DECOMPRESSOR_H_
