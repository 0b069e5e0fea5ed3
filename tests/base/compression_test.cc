// SPDX-License-Identifier: Apache-2.0

#include "base/compression.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/compressor.h"
#include "base/decompressor.h"

namespace phiwire {
namespace {

using namespace std::string_literals;

std::string Compressed(Compression kind,
                       const std::vector<std::string>& pieces) {
  auto compressor = Compressor::Create(kind);
  std::string out;
  for (const std::string& text : pieces) {
    const auto piece = (*compressor)->Prepare(text);
    EXPECT_TRUE(piece.ok());
    EXPECT_TRUE((*compressor)->Append(*piece, &out).ok());
  }
  EXPECT_TRUE((*compressor)->Finish(&out).ok());
  return out;
}

// `step` bytes at a time, through a buffer of `room`.
absl::StatusOr<std::string> Decompressed(std::string_view bytes,
                                         std::size_t step, std::size_t room) {
  auto decompressor = Decompressor::Create(CompressionOf(bytes));
  std::string out;
  std::vector<char> buffer(room);
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::string_view in = bytes.substr(at, step);
    while (true) {
      const auto size = (*decompressor)->Read(&in, buffer);
      if (!size.ok()) return size.status();
      if (*size == 0) break;
      out.append(buffer.data(), *size);
    }
  }
  const absl::Status end = (*decompressor)->End();
  if (!end.ok()) return end;
  return out;
}

class Compressions : public testing::TestWithParam<Compression> {};
INSTANTIATE_TEST_SUITE_P(Both, Compressions,
                         testing::Values(Compression::kGzip,
                                         Compression::kZstd));

TEST_P(Compressions, RoundTripWhateverThePieces) {
  constexpr unsigned kSeed = 20261123;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  for (int round = 0; round < 30; ++round) {
    std::vector<std::string> pieces(random() % 5);
    std::string whole;
    for (std::string& piece : pieces) {
      piece.resize(random() % 200000);
      const unsigned letters = 1 + random() % 256;
      for (char& c : piece) c = static_cast<char>(random() % letters);
      whole += piece;
    }
    const std::string bytes = Compressed(GetParam(), pieces);
    EXPECT_EQ(CompressionOf(bytes), GetParam());
    const auto back =
        Decompressed(bytes, 1 + random() % 9000, 1 + random() % 9000);
    ASSERT_TRUE(back.ok()) << back.status().ToString();
    EXPECT_EQ(*back, whole);
  }
}

TEST_P(Compressions, MembersInARowAreOneContent) {
  const std::string bytes = Compressed(GetParam(), {"one "}) +
                            Compressed(GetParam(), {}) +
                            Compressed(GetParam(), {"two"});
  for (const std::size_t step : {1, 7, 1000}) {
    EXPECT_EQ(*Decompressed(bytes, step, 3), "one two");
  }
}

TEST_P(Compressions, EveryFrontIsRefused) {
  const std::string bytes = Compressed(GetParam(), {"Patient John Doe"});
  for (std::size_t size = 4; size < bytes.size(); ++size) {
    const auto back = Decompressed(bytes.substr(0, size), 5, 64);
    EXPECT_EQ(back.status().code(), absl::StatusCode::kDataLoss) << size;
  }
}

TEST_P(Compressions, WhatStandsBehindTheEndIsRefused) {
  const std::string bytes = Compressed(GetParam(), {"text"}) + "more text";
  EXPECT_EQ(Decompressed(bytes, 100, 64).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_P(Compressions, ADamagedContentIsRefused) {
  const std::string text(5000, 'x');
  const std::string good = Compressed(GetParam(), {text + "abcdefgh" + text});
  int refused = 0;
  for (std::size_t at = 10; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    const auto back = Decompressed(bad, 100, 1000);
    if (!back.ok()) ++refused;
    // A flipped bit may be padding; it never passes for another content.
    if (back.ok()) {
      EXPECT_EQ(*back, text + "abcdefgh" + text);
    }
  }
  EXPECT_GT(refused, 5);
}

TEST_P(Compressions, ABombIsRefused) {
  const std::vector<std::string> zeros(80, std::string(1 << 20, '\0'));
  auto decompressor = Decompressor::Create(GetParam());
  const std::string bytes = Compressed(GetParam(), zeros);
  std::string_view in = bytes;
  std::vector<char> buffer(1 << 20);
  std::size_t written = 0;
  absl::Status status;
  while (status.ok()) {
    const auto size = (*decompressor)->Read(&in, buffer);
    if (!size.ok()) {
      status = size.status();
    } else if (*size == 0) {
      break;
    } else {
      written += *size;
    }
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_LE(written, Decompressor::kFreeBytes + buffer.size());
}

TEST(Gzip, HeaderHoldsNeitherNameNorTime) {
  const std::string bytes = Compressed(Compression::kGzip, {"x"});
  EXPECT_EQ(bytes.substr(0, 9), "\x1F\x8B\x08\0\0\0\0\0\0"s);
}

TEST(Gzip, OutputDependsOnThePiecesOnly) {
  EXPECT_EQ(Compressed(Compression::kGzip, {"a", "b"}),
            Compressed(Compression::kGzip, {"a", "b"}));
}

TEST(Compression, PlainTextHasNone) {
  for (const char* text : {"", "\x1F", "\x1F\x8B", "plain", "(\xB5/"}) {
    EXPECT_EQ(CompressionOf(text), Compression::kNone);
  }
}

}  // namespace
}  // namespace phiwire
