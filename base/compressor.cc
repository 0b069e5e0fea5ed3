// SPDX-License-Identifier: Apache-2.0

#include "base/compressor.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "base/status_macros.h"

namespace phiwire {
namespace {

using namespace std::string_view_literals;

constexpr int kGzipLevel = 6;  // the gzip program's
constexpr int kZstdLevel = 3;  // the zstd program's
constexpr int kRawWindow = -15;
constexpr int kMemory = 8;  // zlib's default
// Deflate, no flags, no time, no extra flags, system unknown.
constexpr std::string_view kGzipHeader = "\x1F\x8B\x08\0\0\0\0\0\0\xFF"sv;
// The last block, empty.
constexpr std::string_view kLastBlock = "\x03\0"sv;

absl::Status Failed() { return absl::InternalError("compression failed"); }

void AppendLittle(std::uint32_t value, std::string* out) {
  for (int shift = 0; shift < 32; shift += 8) {
    out->push_back(static_cast<char>((value >> shift) & 0xFF));
  }
}

// Ends at a byte, so that another may follow.
absl::Status Deflate(std::string_view content, std::string* out) {
  if (content.size() > std::numeric_limits<uInt>::max()) return Failed();
  z_stream stream{};
  if (deflateInit2(&stream, kGzipLevel, Z_DEFLATED, kRawWindow, kMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return absl::ResourceExhaustedError("no memory to compress");
  }
  constexpr std::size_t kFlushMark = 16;
  out->resize(deflateBound(&stream, content.size()) + kFlushMark);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out->data());
  stream.avail_out = static_cast<uInt>(
      std::min<std::size_t>(out->size(), std::numeric_limits<uInt>::max()));
  const int result = deflate(&stream, Z_SYNC_FLUSH);
  const bool done =
      result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
  out->resize(stream.total_out);
  deflateEnd(&stream);
  return done ? absl::OkStatus() : Failed();
}

class GzipWriter final : public Compressor {
 public:
  absl::StatusOr<Piece> Prepare(std::string content) const override {
    Piece piece;
    piece.size = content.size();
    if (content.empty()) return piece;
    piece.crc = static_cast<std::uint32_t>(crc32_z(
        0, reinterpret_cast<const Bytef*>(content.data()), content.size()));
    PHIWIRE_RETURN_IF_ERROR(Deflate(content, &piece.bytes));
    return piece;
  }

  absl::Status Append(const Piece& piece, std::string* out) override {
    Begin(out);
    out->append(piece.bytes);
    crc_ = static_cast<std::uint32_t>(
        crc32_combine(crc_, piece.crc, static_cast<z_off_t>(piece.size)));
    size_ += static_cast<std::uint32_t>(piece.size);  // modulo 2^32, RFC 1952
    return absl::OkStatus();
  }

  absl::Status Finish(std::string* out) override {
    Begin(out);
    out->append(kLastBlock);
    AppendLittle(crc_, out);
    AppendLittle(size_, out);
    return absl::OkStatus();
  }

 private:
  void Begin(std::string* out) {
    if (!std::exchange(begun_, true)) out->append(kGzipHeader);
  }

  bool begun_ = false;
  std::uint32_t crc_ = 0;
  std::uint32_t size_ = 0;
};

class ZstdWriter final : public Compressor {
 public:
  explicit ZstdWriter(ZSTD_CCtx* context) : context_(context, &ZSTD_freeCCtx) {}

  bool Init() {
    const auto set = [&](ZSTD_cParameter parameter, int value) {
      return ZSTD_isError(
                 ZSTD_CCtx_setParameter(context_.get(), parameter, value)) == 0;
    };
    return set(ZSTD_c_compressionLevel, kZstdLevel) &&
           set(ZSTD_c_checksumFlag, 1);
  }

  absl::StatusOr<Piece> Prepare(std::string content) const override {
    Piece piece;
    piece.size = content.size();
    piece.bytes = std::move(content);
    return piece;
  }

  // Flushed, so that what a pipe has got so far can be read.
  absl::Status Append(const Piece& piece, std::string* out) override {
    return Run(piece.bytes, ZSTD_e_flush, out);
  }

  absl::Status Finish(std::string* out) override {
    return Run("", ZSTD_e_end, out);
  }

 private:
  absl::Status Run(std::string_view content, ZSTD_EndDirective end,
                   std::string* out) {
    ZSTD_inBuffer from{content.data(), content.size(), 0};
    const std::size_t step = ZSTD_CStreamOutSize();
    std::size_t left = 1;
    while (left != 0) {
      const std::size_t size = out->size();
      out->resize(size + step);
      ZSTD_outBuffer to{out->data() + size, step, 0};
      left = ZSTD_compressStream2(context_.get(), &to, &from, end);
      out->resize(size + to.pos);
      if (ZSTD_isError(left) != 0) return Failed();
    }
    return absl::OkStatus();
  }

  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Compressor>> Compressor::Create(
    Compression kind) {
  if (kind == Compression::kGzip) {
    return std::unique_ptr<Compressor>(std::make_unique<GzipWriter>());
  }
  auto writer = std::make_unique<ZstdWriter>(ZSTD_createCCtx());
  if (!writer->Init()) {
    return absl::ResourceExhaustedError("no memory to compress");
  }
  return std::unique_ptr<Compressor>(std::move(writer));
}

}  // namespace phiwire
