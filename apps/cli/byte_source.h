// SPDX-License-Identifier: Apache-2.0
//
// The bytes of one input, decompressed when they begin as gzip or Zstandard
// do, in pieces of any size. Owns its file descriptor. Threads: one at a time.

#ifndef PHIWIRE_APPS_CLI_BYTE_SOURCE_H_
#define PHIWIRE_APPS_CLI_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/content_mac.h"
#include "apps/cli/inputs.h"
#include "base/compression.h"
#include "base/decompressor.h"

namespace phiwire::cli {

class ByteSource {
 public:
  // `mac` is told of the bytes as they are in the file; null: nobody is.
  static absl::StatusOr<ByteSource> Open(const Input& input, ContentMac* mac);
  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&&) = delete;
  ~ByteSource();

  // Appends at most `most` bytes, what one read(2) gives at once; false at the
  // end. What is compressed is checked to its end before that.
  absl::StatusOr<bool> Read(std::size_t most, std::string* out);
  // Whether for so long nothing comes. A file is never idle.
  bool Idle(int milliseconds) const;

  // Known once something was read.
  Compression compression() const { return compression_; }
  // Bytes taken from the file so far.
  std::uint64_t consumed() const { return consumed_; }

 private:
  ByteSource(int fd, bool file, std::uint64_t size, ContentMac* mac)
      : fd_(fd), file_(file), size_(size), mac_(mac) {}
  // From the file itself; false at its end.
  absl::StatusOr<bool> ReadRaw(std::size_t most, std::string* out);
  absl::Status Begin();

  int fd_;
  bool file_;           // not a pipe or terminal
  std::uint64_t size_;  // of a file when it was opened
  ContentMac* mac_;
  bool begun_ = false;
  Compression compression_ = Compression::kNone;
  std::unique_ptr<Decompressor> decompressor_;  // null: not compressed
  std::string raw_;                             // read, not yet given out
  std::size_t taken_ = 0;                       // of raw_
  std::uint64_t consumed_ = 0;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_BYTE_SOURCE_H_
