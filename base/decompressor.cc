// SPDX-License-Identifier: Apache-2.0

#include "base/decompressor.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

// 2^27 bytes, what the zstd program takes too.
constexpr int kMaxWindowLog = 27;
// zlib: windows of 32 KiB, gzip's header and trailer.
constexpr int kGzipWindow = 15 + 16;

class GzipReader final : public Decompressor {
 public:
  GzipReader() = default;
  ~GzipReader() override { inflateEnd(&stream_); }

  bool Init() { return inflateInit2(&stream_, kGzipWindow) == Z_OK; }

  absl::Status End() const override {
    if (between_) return absl::OkStatus();
    return absl::DataLossError("the gzip file is cut off");
  }

 protected:
  absl::StatusOr<std::size_t> Step(std::string_view* in,
                                   std::span<char> out) override {
    if (between_ && !in->empty()) {
      if (inflateReset(&stream_) != Z_OK) return Corrupt();
      between_ = false;
    }
    if (between_) return 0;
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    stream_.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(in->data()));  // zlib's
    stream_.avail_in = static_cast<uInt>(std::min(in->size(), kMost));
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(std::min(out.size(), kMost));
    const uInt room = stream_.avail_out;
    const uInt given = stream_.avail_in;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    in->remove_prefix(given - stream_.avail_in);
    // Z_BUF_ERROR: nothing to do until there is more input.
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      return Corrupt();
    }
    between_ = result == Z_STREAM_END;
    return room - stream_.avail_out;
  }

 private:
  static absl::Status Corrupt() {
    return absl::DataLossError("the gzip file is damaged");
  }

  z_stream stream_{};
  bool between_ = false;  // at the end of a member
};

class ZstdReader final : public Decompressor {
 public:
  explicit ZstdReader(ZSTD_DCtx* context) : context_(context, &ZSTD_freeDCtx) {}

  bool Init() {
    return ZSTD_isError(ZSTD_DCtx_setParameter(
               context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog)) == 0;
  }

  absl::Status End() const override {
    if (between_) return absl::OkStatus();
    return absl::DataLossError("the zstd file is cut off");
  }

 protected:
  absl::StatusOr<std::size_t> Step(std::string_view* in,
                                   std::span<char> out) override {
    if (between_ && in->empty()) return 0;
    ZSTD_inBuffer from{in->data(), in->size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const std::size_t result =
        ZSTD_decompressStream(context_.get(), &to, &from);
    if (ZSTD_isError(result) != 0) {
      return absl::DataLossError("the zstd file is damaged");
    }
    in->remove_prefix(from.pos);
    between_ = result == 0;
    return to.pos;
  }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  bool between_ = false;  // at the end of a frame
};

template <class Reader>
absl::StatusOr<std::unique_ptr<Decompressor>> Ready(
    std::unique_ptr<Reader> reader) {
  if (reader->Init()) return std::unique_ptr<Decompressor>(std::move(reader));
  return absl::ResourceExhaustedError("no memory to decompress");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Decompressor>> Decompressor::Create(
    Compression kind) {
  if (kind == Compression::kGzip) return Ready(std::make_unique<GzipReader>());
  return Ready(std::make_unique<ZstdReader>(ZSTD_createDCtx()));
}

absl::StatusOr<std::size_t> Decompressor::Read(std::string_view* in,
                                               std::span<char> out) {
  while (true) {
    const std::size_t before = in->size();
    PHIWIRE_ASSIGN_OR_RETURN(const std::size_t size, Step(in, out));
    read_ += before - in->size();
    written_ += size;
    if (written_ > kFreeBytes && written_ / kMaxRatio > read_) {
      return absl::OutOfRangeError(
          Concat({"it decompresses to more than ", std::to_string(kMaxRatio),
                  " times its size"}));
    }
    if (size > 0) return size;
    if (in->size() == before) {
      // Neither could take a step: only when all is taken.
      if (in->empty()) return 0;
      return absl::DataLossError("the compressed file is damaged");
    }
  }
}

}  // namespace phiwire
