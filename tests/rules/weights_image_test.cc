// SPDX-License-Identifier: Apache-2.0

#include "rules/weights_image.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "base/checksum.h"
#include "base/image.h"

namespace phiwire {
namespace {

constexpr std::string_view kText =
    "0\t00000001\tthreshold\tphi:-3.25\n"
    "0\t0000000a\tword=dr\tphi:0.5\n"
    "1\t0000000a\tword=dr\tname:1.5 org:-0.25\n"
    "1\tffffffff\tx\tname:-7\n"
    "3\t0000000a\tbest=name\tname:3\n";
constexpr std::string_view kOther =
    "0\t00000001\tthreshold\tphi:-3.26\n"
    "1\t0000000a\tword=dr\tname:9\n";

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool SameTable(const WeightTable& a, const WeightTable& b) {
  return a.size() == b.size() &&
         std::equal(a.keys().begin(), a.keys().end(), b.keys().begin(),
                    b.keys().end()) &&
         std::equal(a.rows().begin(), a.rows().end(), b.rows().begin(),
                    b.rows().end());
}

bool Same(const Weights& a, const Weights& b) {
  return a.filter_threshold == b.filter_threshold &&
         SameTable(a.filter, b.filter) && SameTable(a.words, b.words) &&
         SameTable(a.whole, b.whole) && SameTable(a.document, b.document);
}

class WeightsImageTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void Write(const std::string& name, std::string_view bytes) {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << bytes;
  }
  std::string Image(std::string_view text) {
    const auto image = MakeWeightsImage(text, "w.tsv");
    EXPECT_TRUE(image.ok()) << image.status();
    return image.ok() ? *image : "";
  }
  // Whether the folder's weights are those of the text.
  bool Reads(std::string_view text) {
    const auto weights = ReadOwnWeights(folder_);
    const auto parsed = ParseWeights(text, "w.tsv");
    return weights.ok() && parsed.ok() && Same(*weights, *parsed);
  }
  const std::string folder_ =
      testing::TempDir() + "/weights_image." + std::to_string(getpid());
};

TEST_F(WeightsImageTest, HoldsWhatTheTextSays) {
  Write("weights.tsv", kText);
  Write("weights.bin", Image(kText));
  const auto weights = WeightsFromImage(folder_ + "/weights.bin", kText);
  ASSERT_TRUE(weights.has_value());
  EXPECT_TRUE(Same(*weights, *ParseWeights(kText, "w.tsv")));
  EXPECT_FALSE(Same(*weights, *ParseWeights(kOther, "w.tsv")));
  EXPECT_TRUE(Reads(kText));
  EXPECT_FLOAT_EQ(weights->words.Weight(0xFFFFFFFF, 1), -7);
  EXPECT_EQ(weights->whole.Find(0xA), nullptr);
}

TEST_F(WeightsImageTest, OutlivesWhatItWasReadFrom) {
  Write("weights.bin", Image(kText));
  WeightTable words;
  {
    const auto weights = WeightsFromImage(folder_ + "/weights.bin", kText);
    ASSERT_TRUE(weights.has_value());
    words = weights->words;
  }
  EXPECT_FLOAT_EQ(words.Weight(0xA, 1), 1.5f);
}

TEST_F(WeightsImageTest, AnotherTextIsReadAsText) {
  Write("weights.tsv", kOther);
  EXPECT_TRUE(Reads(kOther));  // no image at all
  Write("weights.bin", Image(kText));
  EXPECT_FALSE(WeightsFromImage(folder_ + "/weights.bin", kOther).has_value());
  EXPECT_TRUE(Reads(kOther));
  EXPECT_FALSE(Reads(kText));
}

TEST_F(WeightsImageTest, WithoutTheTextThereAreNoWeights) {
  Write("weights.bin", Image(kText));
  EXPECT_EQ(ReadOwnWeights(folder_).status().code(),
            absl::StatusCode::kNotFound);
  Write("weights.tsv", "no weights\n");
  EXPECT_EQ(ReadOwnWeights(folder_).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(WeightsImageTest, ADamagedImageChangesNothing) {
  Write("weights.tsv", kText);
  const std::string image = Image(kText);
  for (std::size_t i = 0; i < image.size(); i += 5) {
    std::string damaged = image;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    Write("weights.bin", damaged);
    EXPECT_FALSE(WeightsFromImage(folder_ + "/weights.bin", kText).has_value())
        << i;
    EXPECT_TRUE(Reads(kText)) << i;
    Write("weights.bin", image.substr(0, i));
    EXPECT_TRUE(Reads(kText)) << i;
  }
}

// Sizes that don't fit each other, under a checksum that does.
TEST_F(WeightsImageTest, TablesThatCannotBeAreRefused) {
  const std::string body = Image(kText).substr(64);
  const ImageKind kind = {"PHIWWGTS", 1};
  for (std::size_t at = 16; at < 48; ++at) {
    std::string bent = body;
    bent[at] = static_cast<char>(bent[at] + 9);
    Write("weights.bin", MakeImage(kind, Checksum(kText), bent));
    EXPECT_FALSE(WeightsFromImage(folder_ + "/weights.bin", kText).has_value())
        << at;
  }
  for (const std::size_t size : {0u, 63u, 64u, 128u}) {
    Write("weights.bin",
          MakeImage(kind, Checksum(kText), body.substr(0, size)));
    EXPECT_FALSE(WeightsFromImage(folder_ + "/weights.bin", kText).has_value());
  }
  Write("weights.bin",
        MakeImage(kind, Checksum(kText), body + std::string(64, '\0')));
  EXPECT_FALSE(WeightsFromImage(folder_ + "/weights.bin", kText).has_value());
}

// What the build made of phiwire's own weights: every one of them.
TEST(BuiltWeightsImage, HoldsEveryWeightAsItsTextSays) {
  const std::string text = ReadText(PHIWIRE_SOURCE_DIR "/rules/weights.tsv");
  const auto image =
      WeightsFromImage(PHIWIRE_TEST_DATA_DIR "/weights.bin", text);
  ASSERT_TRUE(image.has_value()) << "not the image of rules/weights.tsv";
  const auto parsed = ParseWeights(text, "weights.tsv");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_GT(parsed->words.size(), 10000u);
  EXPECT_TRUE(Same(*image, *parsed));
}

}  // namespace
}  // namespace phiwire
