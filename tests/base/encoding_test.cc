// SPDX-License-Identifier: Apache-2.0

#include "base/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/utf8.h"

namespace phiwire {
namespace {

using namespace std::string_literals;

struct Good {
  std::string bytes;
  std::string asked;
  std::string utf8;
  std::string encoding;
  bool bom;
};

class EncodingReads : public testing::TestWithParam<Good> {};

TEST_P(EncodingReads, AndWritesTheSameBytes) {
  const Good& row = GetParam();
  const auto text = ToUtf8(row.bytes, row.asked);
  ASSERT_TRUE(text.ok()) << text.status().ToString();
  EXPECT_EQ(text->utf8, row.utf8);
  EXPECT_EQ(text->encoding, row.encoding);
  EXPECT_EQ(text->bom, row.bom);
  const auto back = FromUtf8(text->utf8, text->encoding, text->bom);
  ASSERT_TRUE(back.ok()) << back.status().ToString();
  EXPECT_EQ(*back, row.bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Table, EncodingReads,
    testing::Values(
        Good{"", "auto", "", "utf-8", false},
        Good{"abc", "auto", "abc", "utf-8", false},
        Good{"\xEF\xBB\xBF"
             "abc",
             "auto", "abc", "utf-8", true},
        Good{"\xEF\xBB\xBF"
             "abc",
             "UTF8", "abc", "utf-8", true},
        Good{"\xFF\xFE"
             "a\0\xE9\0"s,
             "auto", "a\xC3\xA9", "utf-16le", true},
        Good{"\xFE\xFF\0a\0\xE9"s, "auto", "a\xC3\xA9", "utf-16be", true},
        Good{"\xFE\xFF\0a"s, "utf-16", "a", "utf-16be", true},
        Good{"a\0"s, "utf-16", "a", "utf-16le", false},
        Good{"\0a"s, "UTF-16BE", "a", "utf-16be", false},
        Good{"\x3D\xD8\x00\xDE"s, "utf-16le", "\xF0\x9F\x98\x80", "utf-16le",
             false},
        Good{"\xFF\xFE\xFF\xFE"
             "a\0"s,
             "auto",
             "\xEF\xBB\xBF"
             "a",
             "utf-16le", true},
        Good{"caf\xE9 \x96 \x80", "windows-1252",
             "caf\xC3\xA9 \xE2\x80\x93 \xE2\x82\xAC", "windows-1252", false},
        Good{"caf\xE9", "ISO_8859-1", "caf\xC3\xA9", "iso-8859-1", false},
        Good{"\xA4", "iso-8859-15", "\xE2\x82\xAC", "iso-8859-15", false},
        Good{"\xE1", "iso-8859-7", "\xCE\xB1", "iso-8859-7", false}));

struct Bad {
  std::string bytes;
  std::string asked;
  std::string words;
};

TEST(Encoding, MalformedBytesAreAnErrorAtTheirOffset) {
  const Bad kRows[] = {
      {"ab\xE9", "auto", "no valid utf-8 at byte 2"},
      {"ab\xE9", "utf-8", "no valid utf-8 at byte 2"},
      {"\xEF\xBB\xBF\xFF", "auto", "no valid utf-8 at byte 3"},
      {"ab\x81"
       "c",
       "windows-1252", "no valid windows-1252 at byte 2"},
      {"a\xFF", "iso-8859-7", "no valid iso-8859-7 at byte 1"},
      {"a\0\0"s, "utf-16le", "no valid utf-16le at byte 2"},
      {"a\0\x00\xD8"
       "b\0"s,
       "utf-16le", "no valid utf-16le at byte 2"},
      {"\xFF\xFE"
       "a\0\x00\xDC"s,
       "auto", "no valid utf-16le at byte 4"},
      {"a\0\x3D\xD8"s, "utf-16le", "no valid utf-16le at byte 2"},
  };
  for (const Bad& row : kRows) {
    const auto text = ToUtf8(row.bytes, row.asked);
    EXPECT_EQ(text.status().code(), absl::StatusCode::kDataLoss) << row.words;
    EXPECT_NE(text.status().ToString().find(row.words), std::string::npos)
        << text.status().ToString() << " / " << row.words;
  }
}

TEST(Encoding, CharactersTheTargetLacksAreAnErrorAtTheirOffset) {
  const Bad kRows[] = {
      {"ab\xCE\xB1", "windows-1252", "at byte 2"},
      {"\xC3\xA9\xE2\x82\xAC", "iso-8859-1", "at byte 2"},
      {"a\xC2\x81", "windows-1252", "at byte 1"},
      {"a\xEF\xBC\xA1", "iso-8859-1", "at byte 1"},  // no full-width fallback
      {"a\xFF", "utf-16le", "at byte 1"},
  };
  for (const Bad& row : kRows) {
    const auto bytes = FromUtf8(row.bytes, row.asked);
    EXPECT_EQ(bytes.status().code(), absl::StatusCode::kDataLoss) << row.words;
    EXPECT_NE(bytes.status().ToString().find(row.words), std::string::npos)
        << bytes.status().ToString();
  }
}

TEST(Encoding, UnknownNamesAreRefused) {
  for (const char* name : {"", "ebcdic", "utf-7", "iso-8859-12", "hz",
                           "iso-8859-", "utf-32", "cesu-8", "iso-2022-jp"}) {
    EXPECT_EQ(ToUtf8("a", name).status().code(),
              absl::StatusCode::kInvalidArgument)
        << name;
    EXPECT_EQ(FromUtf8("a", name).status().code(),
              absl::StatusCode::kInvalidArgument)
        << name;
  }
}

TEST(Encoding, EverySingleByteComesBackOrIsRefused) {
  std::vector<std::string> names = {"windows-1252"};
  for (int part = 1; part <= 15; ++part) {
    if (part != 12) names.push_back("iso-8859-" + std::to_string(part));
  }
  for (const std::string& name : names) {
    const auto known = ToUtf8("a", name);
    // Parts that this ICU does not have are refused, never guessed.
    if (!known.ok()) {
      EXPECT_EQ(known.status().code(), absl::StatusCode::kInvalidArgument);
      EXPECT_TRUE(name.ends_with("-11") || name.ends_with("-14")) << name;
      continue;
    }
    for (int byte = 0; byte < 256; ++byte) {
      const std::string bytes = {'x', static_cast<char>(byte)};
      const auto text = ToUtf8(bytes, name);
      if (!text.ok()) {
        EXPECT_GE(byte, 0x80) << name;
        continue;
      }
      const auto back = FromUtf8(text->utf8, name);
      ASSERT_TRUE(back.ok()) << name << " " << byte;
      EXPECT_EQ(*back, bytes) << name << " " << byte;
    }
  }
}

TEST(Encoding, LongTextsCrossTheBuffers) {
  std::string text;
  for (char32_t c = 0x20; c < 0x12000; ++c) AppendUtf8(c, &text);
  for (const char* name : {"utf-16le", "utf-16be"}) {
    for (int shift = 0; shift < 3; ++shift) {
      const std::string shifted =
          std::string(static_cast<std::size_t>(shift), 'x') + text;
      const auto bytes = FromUtf8(shifted, name, true);
      ASSERT_TRUE(bytes.ok());
      const auto back = ToUtf8(*bytes, "auto");
      ASSERT_TRUE(back.ok());
      EXPECT_EQ(back->utf8, shifted);
      EXPECT_EQ(back->encoding, name);
    }
  }
}

TEST(TextDecoder, AnyPiecesGiveWhatTheWholeDoes) {
  const struct {
    std::string bytes;
    std::string asked;
  } rows[] = {
      {"plain", "auto"},
      {"\xEF\xBB\xBFmarked \xC3\xA9", "auto"},
      {"\xFF\xFE" + "a\0=\xD8\0\xDE z\0"s.substr(0, 6), "auto"},
      {"\xFE\xFF\xD8=\xDE\0\0z"s, "utf-16"},
      {"a\0\xE9\0"s, "utf-16le"},
      {"caf\xE9 \x80", "windows-1252"},
      {"a\x81", "windows-1252"},
      {"a\0b"s, "utf-16le"},
      {"a\0\0\xDC"s + "b\0"s, "utf-16le"},
      {"a\0\0\xD8"s + "b\0"s, "utf-16le"},
      {"\xFF\xFE\0\xD8"s, "auto"},
      {"", "windows-1252"},
  };
  for (const auto& row : rows) {
    const auto whole = ToUtf8(row.bytes, row.asked);
    for (std::size_t step = 1; step <= row.bytes.size() + 1; ++step) {
      auto decoder = TextDecoder::Create(row.asked, row.bytes.substr(0, 4));
      ASSERT_TRUE(decoder.ok());
      std::string text;
      absl::Status status;
      std::size_t at = 0;
      do {
        const std::string piece = row.bytes.substr(at, step);
        at += piece.size();
        status = decoder->Decode(piece, at == row.bytes.size(), &text);
      } while (status.ok() && at < row.bytes.size());
      ASSERT_EQ(status, whole.status()) << step;
      if (!whole.ok()) continue;
      EXPECT_EQ(text, whole->utf8);
      EXPECT_EQ(decoder->encoding(), whole->encoding);
      EXPECT_EQ(decoder->bom(), whole->bom);
    }
  }
}

}  // namespace
}  // namespace phiwire
