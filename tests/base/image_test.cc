// SPDX-License-Identifier: Apache-2.0

#include "base/image.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include "base/checksum.h"

namespace phiwire {
namespace {

constexpr ImageKind kKind = {"TESTKIND", 3};

class ImageTest : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }
  std::optional<Image> Opened(std::string_view bytes, ImageKind kind = kKind) {
    std::ofstream(path_, std::ios::binary) << bytes;
    return Image::Open(path_, kind);
  }
  const std::string path_ =
      testing::TempDir() + "/image." + std::to_string(getpid());
};

// Part of the images' format: another value is another version of each.
TEST(Checksum, IsAsItEverWas) {
  EXPECT_EQ(Checksum(""), 0u);
  EXPECT_EQ(Checksum("phiwire"), 0x80f6343fb247c9a1u);
  EXPECT_EQ(Checksum(std::string(1000, 'a')), 0xb9ce773ea8daff35u);
}

TEST(Checksum, ChangesWithEveryBitAndLength) {
  std::set<std::uint64_t> seen;
  std::size_t made = 0;
  for (std::size_t size : {0, 1, 63, 64, 65, 200}) {
    std::string text(size, '\0');
    seen.insert(Checksum(text));
    ++made;
    for (std::size_t bit = 0; bit < size * 8; ++bit) {
      std::string other = text;
      other[bit / 8] = static_cast<char>(1u << (bit % 8));
      seen.insert(Checksum(other));
      ++made;
    }
  }
  EXPECT_EQ(seen.size(), made);
}

// Two edits that a plain sum or product would let cancel each other.
TEST(Checksum, TellsTextsApartWhoseWordsChangePlaces) {
  std::string text = "1: high    2: low     ";
  text.resize(256, 'x');
  std::string other = text;
  other[7] = 'H';
  other[7 + 64] = 'X';
  EXPECT_NE(Checksum(text), Checksum(other));
  std::swap_ranges(other.begin(), other.begin() + 8, other.begin() + 64);
  EXPECT_NE(Checksum(text), Checksum(other));
}

TEST_F(ImageTest, GivesBackItsBody) {
  const auto image = Opened(MakeImage(kKind, 77, "the body"));
  ASSERT_TRUE(image.has_value());
  EXPECT_EQ(image->body(), "the body");
  EXPECT_EQ(image->text_checksum(), 77u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(image->body().data()) % 64, 0u);
}

TEST_F(ImageTest, IsNotTakenForAnother) {
  const std::string bytes = MakeImage(kKind, 77, "the body");
  EXPECT_FALSE(Opened(bytes, {"TESTKIND", 4}).has_value());
  EXPECT_FALSE(Opened(bytes, {"TESTKINE", 3}).has_value());
  EXPECT_FALSE(Image::Open(testing::TempDir(), kKind).has_value());
  EXPECT_FALSE(Image::Open("/no/such/file", kKind).has_value());
}

TEST_F(ImageTest, IsRefusedWhenAnyByteIsDamagedOrMissing) {
  const std::string bytes = MakeImage(kKind, 77, "the body");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(Opened(bytes.substr(0, i)).has_value()) << i;
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    const auto image = Opened(damaged);
    // What the text's checksum says is the reader's to compare.
    const bool text = i >= 24 && i < 32;
    ASSERT_EQ(image.has_value(), text) << i;
    if (text) {
      EXPECT_NE(image->text_checksum(), 77u);
    }
  }
  EXPECT_FALSE(Opened(bytes + '\0').has_value());
}

}  // namespace
}  // namespace phiwire
