// SPDX-License-Identifier: Apache-2.0

#include "base/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

namespace phiwire {
namespace {

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

const std::string kRaw32(32, 'K');
// base64 of 32 bytes 0x00.
const std::string kZeros = std::string(43, 'A') + "=";

TEST(KeyFile, TakesItsOwnFormatAndRawBytes) {
  struct Row {
    std::string_view name;
    std::string content;
    std::size_t size;
  };
  const Row rows[] = {
      {"raw", kRaw32, 32},
      {"raw with line end", kRaw32 + "\n", 33},
      {"longest raw", std::string(4096, 'K'), 4096},
      {"binary", std::string(32, '\0'), 32},
      {"own", "phiwire-key-1:" + kZeros, 32},
      {"own, line end", "phiwire-key-1:" + kZeros + "\n", 32},
      {"own, Windows", "phiwire-key-1:" + kZeros + "\r\n", 32},
  };
  for (const Row& row : rows) {
    const auto key = ParseKey(row.content, "f.key");
    ASSERT_TRUE(key.ok()) << row.name;
    EXPECT_EQ(key->bytes().size(), row.size) << row.name;
  }
}

TEST(KeyFile, RefusesWithReasonAndWithoutContent) {
  struct Row {
    std::string content;
    std::string_view reason;
  };
  const std::string_view kShort = "shorter than 32 bytes";
  const std::string_view kDamaged =
      "damaged: what follows phiwire-key-1: is no base64";
  const Row rows[] = {
      {"", kShort},
      {"SECRET", kShort},
      {std::string(31, 'S') + "\n", kShort},
      {std::string(31, 'S') + "\r\n", kShort},
      {std::string(4097, 'S'), "longer than 4096 bytes"},
      {"phiwire-key-1:U0VDUkVU", kShort},
      {"phiwire-key-1:", kDamaged},
      {"phiwire-key-1:" + std::string(43, 'S'), kDamaged},
      {"phiwire-key-1:" + std::string(22, 'S') + " " + std::string(21, 'S'),
       kDamaged},
      {"phiwire-key-1:" + std::string(40, 'S') + "S===", kDamaged},
      {"phiwire-key-1:" + std::string(40, 'S') + "-_SS", kDamaged},
      {"phiwire-key-1:" + kZeros + "\n\n", kDamaged},
      {"phiwire-key-2:" + kZeros, "made by another version of phiwire"},
  };
  for (const Row& row : rows) {
    const auto key = ParseKey(row.content, "f.key");
    ASSERT_FALSE(key.ok());
    EXPECT_EQ(key.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(Message(key.status()),
              "key file f.key: " + std::string(row.reason));
  }
}

TEST(KeyFile, GeneratedKeysDifferAndComeBack) {
  const auto one = GenerateKey();
  const auto two = GenerateKey();
  ASSERT_TRUE(one.ok() && two.ok());
  const std::string line = FormatKey(*one);
  EXPECT_NE(line, FormatKey(*two));
  EXPECT_TRUE(line.starts_with("phiwire-key-1:"));
  const auto back = ParseKey(line, "f.key");
  ASSERT_TRUE(back.ok());
  EXPECT_TRUE(std::ranges::equal(back->bytes(), one->bytes()));
}

TEST(KeyFile, FormatsEveryLength) {
  for (std::size_t n = 32; n < 36; ++n) {
    const SecretKey key(std::vector<std::uint8_t>(n, 0xA5));
    const auto back = ParseKey(FormatKey(key), "f.key");
    ASSERT_TRUE(back.ok()) << n;
    EXPECT_TRUE(std::ranges::equal(back->bytes(), key.bytes())) << n;
  }
}

TEST(KeyFile, ReadsFiles) {
  const std::string path = testing::TempDir() + std::to_string(::getpid()) +
                           "phiwire_key_file_test.key";
  EXPECT_EQ(Message(ReadKeyFile(path).status()),
            "key file " + path + ": missing");
  std::ofstream(path) << "phiwire-key-1:" << kZeros << "\n";
  ::chmod(path.c_str(), 0644);
  EXPECT_EQ(
      Message(ReadKeyFile(path).status()),
      "key file " + path + ": readable or writable by everyone; chmod 600 it");
  ::chmod(path.c_str(), 0600);
  const auto key = ReadKeyFile(path);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->bytes().size(), 32u);
  std::ofstream(path) << std::string(10000, 'S');
  EXPECT_EQ(Message(ReadKeyFile(path).status()),
            "key file " + path + ": longer than 4096 bytes");
  std::remove(path.c_str());
  EXPECT_THAT(Message(ReadKeyFile(testing::TempDir()).status()),
              testing::EndsWith(": is a folder"));
  EXPECT_EQ(Message(ReadKeyFile("").status()),
            "key file (none): no path given");
}

}  // namespace
}  // namespace phiwire
