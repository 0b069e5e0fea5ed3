// SPDX-License-Identifier: Apache-2.0

#include "base/yaml_image.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/checksum.h"
#include "base/strings.h"

namespace phiwire {
namespace {

namespace fs = std::filesystem;

constexpr ImageKind kKind = {"PHIWYAML", 1};

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// All that can be asked of a tree.
std::string Show(const YamlNode& node) {
  std::ostringstream out;
  out << static_cast<int>(node.kind()) << ' ' << node.Error("") << ' '
      << node.KeyError("") << ' ' << node.AsDouble().ok() << node.AsInt().ok()
      << node.AsBool().ok();
  if (node.is_scalar()) out << ' ' << *node.AsString();
  out << '\n';
  for (const auto& [key, value] : node.entries()) {
    out << key << " = " << Show(value);
  }
  return out.str();
}

constexpr std::string_view kOdd =
    "# comment\n"
    "empty:\n"
    "map: {a: 1, b: \"1\", 'c': [true, 'true', ~, null, 1.5]}\n"
    "text: |\n"
    "  two\n"
    "  lines\n"
    "\"key: quoted\": \"caf\\u00e9 \\0\"\n"
    "nested:\n"
    "  - - - deep\n"
    "  - {x: {y: {z: []}}}\n";

class YamlImageTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  void Write(const std::string& name, std::string_view bytes) {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << bytes;
  }
  std::string Image(std::string_view text) {
    const auto image = MakeYamlImage({{{"a.yaml", std::string(text)}}});
    EXPECT_TRUE(image.ok()) << image.status();
    return image.ok() ? *image : "";
  }
  std::string Parsed(std::string_view text) {
    const auto root = ParseYaml(text, folder_ + "/a.yaml");
    return root.ok() ? Show(*root) : root.status().ToString();
  }
  std::string ReadBack() {
    const auto root = YamlFolder(folder_).Read("a.yaml");
    return root.ok() ? Show(*root) : root.status().ToString();
  }
  const std::string folder_ =
      testing::TempDir() + "/yaml_image." + std::to_string(getpid());
};

TEST_F(YamlImageTest, GivesTheTreeThatTheTextDoes) {
  for (const std::string_view text :
       {kOdd, std::string_view(""), std::string_view("# nothing\n"),
        std::string_view("just text"), std::string_view("\xEF\xBB\xBF- 1\n")}) {
    Write("a.yaml", text);
    Write("yaml.bin", Image(text));
    const auto tree = YamlFolder(folder_).FromImage("a.yaml", text);
    ASSERT_TRUE(tree.has_value()) << text;
    EXPECT_EQ(Show(*tree), Parsed(text));
    EXPECT_EQ(ReadBack(), Parsed(text));
  }
}

TEST_F(YamlImageTest, AnEditedTextIsReadAsText) {
  Write("yaml.bin", Image(kOdd));
  for (const std::string_view text :
       {std::string_view("a: 1\n"), std::string_view("a: 1\na: 2\n"),
        std::string_view("")}) {
    Write("a.yaml", text);
    EXPECT_FALSE(YamlFolder(folder_).FromImage("a.yaml", text).has_value());
    EXPECT_EQ(ReadBack(), Parsed(text));
  }
}

TEST_F(YamlImageTest, AFileThatIsGoneIsAnErrorImageOrNot) {
  Write("yaml.bin", Image(kOdd));
  EXPECT_EQ(YamlFolder(folder_).Read("a.yaml").status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(YamlImageTest, ATextWithErrorsHasNoImage) {
  const auto image = MakeYamlImage({{{"b.yaml", "a: 1\na: 2\n"}}});
  EXPECT_EQ(image.status().ToString(),
            "INVALID_ARGUMENT: b.yaml:2:1: duplicate key \"a\"");
}

TEST_F(YamlImageTest, ADamagedImageChangesNothing) {
  Write("a.yaml", kOdd);
  const std::string image = Image(kOdd);
  for (std::size_t i = 0; i < image.size(); i += 7) {
    std::string damaged = image;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
    Write("yaml.bin", damaged);
    EXPECT_EQ(ReadBack(), Parsed(kOdd)) << i;
    Write("yaml.bin", image.substr(0, i));
    EXPECT_EQ(ReadBack(), Parsed(kOdd)) << i;
  }
}

// The checksum does not keep such bodies out: none may be read past its end.
TEST_F(YamlImageTest, NoBodyBringsTheReaderDown) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  const std::string body = Image(kOdd).substr(64);
  for (int i = 0; i < 500; ++i) {
    std::string bent = body.substr(0, 1 + random() % body.size());
    for (unsigned n = random() % 4; n > 0; --n) {
      bent[random() % bent.size()] = static_cast<char>(random());
    }
    Write("yaml.bin", MakeImage(kKind, 0, bent));
    const YamlFolder folder(folder_);
    const auto tree = folder.FromImage("a.yaml", kOdd);
    if (tree) {
      EXPECT_FALSE(Show(*tree).empty()) << kSeed << ' ' << i;
    }
  }
}

TEST_F(YamlImageTest, DepthHasItsLimit) {
  // Lists of one list each, no other field: 7 numbers of one byte a node.
  std::string tree;
  for (int i = 0; i < 5000; ++i) tree.append("\x05\1\1\1\1\0\1\0", 8);
  std::string body;
  const auto put = [&](std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) body += static_cast<char>(0x80 | (n & 0x7F));
    body += static_cast<char>(n);
  };
  put(1);
  put(6);
  body += "a.yaml";
  put(Checksum("x") >> 1);
  put(tree.size());
  Write("yaml.bin", MakeImage(kKind, 0, body + tree));
  EXPECT_FALSE(YamlFolder(folder_).FromImage("a.yaml", "x").has_value());
}

// What the build made of phiwire's own files.
TEST(BuiltYamlImages, HoldEveryFileAsItsTextSays) {
  const std::pair<const char*, const char*> kFolders[] = {
      {"recognizers/catalogue", "catalogue"}, {"rules/context", "context"}};
  for (const auto& [source, built] : kFolders) {
    const std::string path = Concat({PHIWIRE_TEST_DATA_DIR, "/", built});
    const YamlFolder folder(path);
    std::size_t files = 0;
    for (const auto& entry :
         fs::directory_iterator(Concat({PHIWIRE_SOURCE_DIR, "/", source}))) {
      if (entry.path().extension() != ".yaml") continue;
      ++files;
      const std::string name = entry.path().filename().string();
      const std::string text = ReadText(entry.path());
      const auto tree = folder.FromImage(name, text);
      ASSERT_TRUE(tree.has_value()) << path << ": not of " << name;
      const auto parsed = ParseYaml(text, Concat({path, "/", name}));
      ASSERT_TRUE(parsed.ok()) << parsed.status();
      EXPECT_EQ(Show(*tree), Show(*parsed));
    }
    EXPECT_GT(files, 2u) << source;
  }
}

}  // namespace
}  // namespace phiwire
