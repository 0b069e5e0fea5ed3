// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engine/embedded.h"
#include "tests/engine/long_runs_of.h"

namespace phiwire {
namespace {

std::string Base64(std::string_view bytes, bool padded = true) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      const unsigned byte =
          i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0;
      group = group << 8 | byte;
    }
    const std::size_t digits = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t j = 0; j < 4; ++j) {
      if (j < digits) {
        out += kAlphabet[group >> (18 - 6 * j) & 63];
      } else if (padded) {
        out += '=';
      }
    }
  }
  return out;
}

std::string Hex(std::string_view bytes) {
  std::string out;
  for (char c : bytes) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789abcdef"[c & 15];
  }
  return out;
}

std::vector<EmbeddedText> FindEmbedded(std::string_view text, std::size_t max) {
  return phiwire::FindEmbedded(text, LongRunsOf(text), max);
}

TEST(Embedded, FindsTextAtEveryPlaceAndLength) {
  const std::string secret = "Smith, John 123-45-6789 \xC3\xA9";
  for (std::size_t length = 12; length <= 23; ++length) {
    for (std::size_t before = 0; before < 40; ++before) {
      const std::string plain = secret.substr(0, length);
      for (const std::string& run :
           {Base64(plain), Base64(plain, false), Hex(plain)}) {
        const std::string text =
            std::string(before, '.') + " " + run + " and so on.";
        const auto found = FindEmbedded(text, 10);
        ASSERT_EQ(found.size(), 1u) << text;
        EXPECT_EQ(found[0].text, plain);
        EXPECT_EQ(found[0].begin, before + 1);
        EXPECT_EQ(found[0].end, before + 1 + run.size());
      }
    }
  }
}

TEST(Embedded, RunsJoinedToALabel) {
  const std::string run = Base64("John Smith, MRN 12345");
  const std::string text = "data/payload-" + run + ";x=" + run;
  const auto found = FindEmbedded(text, 10);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "John Smith, MRN 12345");
  EXPECT_EQ(found[0].begin, 13u);
  EXPECT_EQ(found[1].text, "John Smith, MRN 12345");
}

TEST(Embedded, StopsAtTheLimit) {
  std::string text;
  for (int i = 0; i < 9; ++i) text += Base64("John Smith, MRN 12345") + " ";
  EXPECT_EQ(FindEmbedded(text, 4).size(), 4u);
  EXPECT_EQ(FindEmbedded(text, 100).size(), 9u);
}

TEST(Embedded, ProseNumbersAndDigestsAreNone) {
  for (const char* text :
       {"", "electroencephalographically speaking", "4111111111111111",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "well-nourished-well-developed man",
        "123e4567-e89b-12d3-a456-426614174000",
        "------------------------------------", "________________________",
        "/usr/lib/x86_64-linux-gnu/libc.so.6", "AAAAAAAAAAAAAAAAAAAAAAAA",
        "Smith/Jones/Brown/Miller/Davis/Wilson", "SGVsbG8="}) {
    EXPECT_TRUE(FindEmbedded(text, 10).empty()) << text;
  }
}

TEST(Embedded, RandomRunsAreNone) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  std::size_t found = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(24, ' ');
    for (char& c : bytes) c = static_cast<char>(random());
    found += FindEmbedded(Base64(bytes), 10).size();
    found += FindEmbedded(Hex(bytes), 10).size();
  }
  // A sixth of a find in a round of all (measured over 3,000), so that seven
  // by chance are one in a thousand million.
  EXPECT_LE(found, 6u);
}

}  // namespace
}  // namespace phiwire
