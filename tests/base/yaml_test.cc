// SPDX-License-Identifier: Apache-2.0

#include "base/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

namespace phiwire {
namespace {

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

struct BadCase {
  std::string_view name;
  std::string_view text;
  std::string_view message;
};

class YamlBad : public testing::TestWithParam<BadCase> {};

TEST_P(YamlBad, IsRefusedWithItsPlace) {
  const auto root = ParseYaml(GetParam().text, "f.yaml");
  ASSERT_FALSE(root.ok());
  EXPECT_EQ(root.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Message(root.status()), GetParam().message);
}

constexpr BadCase kBad[] = {
    {"Duplicate", "a: 1\nb: 2\na: 3\n", "f.yaml:3:1: duplicate key \"a\""},
    {"DuplicateInFlow", "x: {a: 1, a: 2}", "f.yaml:1:11: duplicate key \"a\""},
    {"DuplicateQuoted", "a: 1\n\"a\": 2\n", "f.yaml:2:1: duplicate key \"a\""},
    {"Anchor", "a: &x 1\n", "f.yaml:1:4: anchors are not allowed"},
    {"AnchorOnMap", "a: &x\n  b: 1\n", "f.yaml:1:4: anchors are not allowed"},
    {"AnchorOnList", "a: &x [1]\n", "f.yaml:1:4: anchors are not allowed"},
    {"AnchorOnNull", "a: &x\n", "f.yaml:1:4: anchors are not allowed"},
    {"Alias", "a: &x 1\nb: *x\n", "f.yaml:1:4: anchors are not allowed"},
    {"AliasUnknown", "b: *x\n",
     "f.yaml:1:4: not YAML: the referenced anchor is not defined"},
    {"AliasRecursive", "&x a: [*x]\n", "f.yaml:1:1: anchors are not allowed"},
    {"PythonTag", "a: !!python/object:os.system [ls]\n",
     "f.yaml:1:4: tags are not allowed"},
    {"StringTag", "a: !!str 5\n", "f.yaml:1:4: tags are not allowed"},
    {"LocalTag", "a: !thing {b: 1}\n", "f.yaml:1:4: tags are not allowed"},
    {"NonSpecificTag", "a: ! 5\n", "f.yaml:1:4: tags are not allowed"},
    {"TagOnNull", "a: !x\n", "f.yaml:1:4: tags are not allowed"},
    {"TwoDocuments", "a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document"},
    {"SecondAfterEnd", "a: 1\n...\nb: 2\n", "f.yaml:3:1: a second document"},
    {"OpenDoubleQuote", "a: \"hidden\nb: 2\n",
     "f.yaml:1:4: the quote is never closed"},
    {"OpenSingleQuote", "a: 'hidden\nb: 2\n",
     "f.yaml:1:4: the quote is never closed"},
    {"QuoteEscapedAtEnd", "a: \"x\\\"",
     "f.yaml:1:8: not YAML: illegal EOF in scalar"},
    {"TextAfterQuote", "a: \"x\" y\n",
     "f.yaml:1:8: not YAML: end of map not found"},
    {"OpenList", "a: [1, 2\n",
     "f.yaml:2:1: not YAML: end of sequence flow not found"},
    {"OpenMap", "a: {b: 1\n",
     "f.yaml:2:1: not YAML: end of map flow not found"},
    {"CloseOnly", "a: 1\n]\n", "f.yaml:2:1: not YAML: illegal flow end"},
    {"NestedValue", "a: b: c\n", "f.yaml:1:5: not YAML: illegal map value"},
    {"BadEscape", "a: \"\\q\"\n",
     "f.yaml:1:7: not YAML: unknown escape character"},
    {"TabIndent", "a:\n\tb: 1\n", "f.yaml:2:1: tab in the indentation"},
    {"TabAfterSpaces", "a:\n  \tb: 1\n", "f.yaml:2:3: tab in the indentation"},
    {"BadUtf8", "a: 1\nb: \xC0\xAF\n", "f.yaml:2:4: invalid UTF-8"},
    {"EndOfFileCharacter", "a: 1\n\x04 b: 2\n",
     "f.yaml:2:1: control character"},
    {"Utf16Mark", "\xFF\xFE", "f.yaml:1:1: invalid UTF-8"},
    {"MapAsKey", "{a: 1}: 2\n", "f.yaml:1:1: a key must be text"},
    {"ListAsKey", "? [a]\n: 2\n", "f.yaml:1:3: a key must be text"},
    {"NullAsKey", "~: 2\n", "f.yaml:1:1: a key must be text"},
    {"Directive", "%YAML 9.9\n---\na: 1\n",
     "f.yaml:1:1: not YAML: YAML major version too large"},
};

INSTANTIATE_TEST_SUITE_P(Table, YamlBad, testing::ValuesIn(kBad),
                         [](const auto& row) {
                           return std::string(row.param.name);
                         });

std::string Nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

YamlNode Parse(std::string_view text) {
  auto root = ParseYaml(text, "f.yaml");
  EXPECT_TRUE(root.ok()) << Message(root.status());
  return root.ok() ? *std::move(root) : YamlNode();
}

TEST(Yaml, KeepsOrderKindsAndPlaces) {
  const YamlNode root = Parse(
      "b: text\r\n"
      "a: [1, 2]\r\n"
      "c: {x: ~}\r\n"
      "d:\r\n"
      "\"e\": \"5\"\r\n");
  ASSERT_EQ(root.entries().size(), 5u);
  EXPECT_EQ(root.entries()[0].first, "b");
  EXPECT_EQ(root.entries()[4].first, "e");
  EXPECT_TRUE(root.Get("b")->is_scalar());
  EXPECT_TRUE(root.Get("a")->is_list());
  EXPECT_TRUE(root.Get("c")->is_map());
  EXPECT_TRUE(root.Get("c")->Get("x")->is_null());
  EXPECT_TRUE(root.Get("d")->is_null());
  EXPECT_EQ(root.Get("a")->line(), 2);
  EXPECT_EQ(root.Get("a")->column(), 4);
  EXPECT_EQ(root.Get("d")->line(), 4);
  EXPECT_EQ(root.Get("e")->line(), 5);
  EXPECT_EQ(root.Get("absent"), nullptr);
  EXPECT_EQ(root.Get("b")->Get("b"), nullptr);
  EXPECT_EQ(root.source(), "f.yaml");
}

TEST(Yaml, EmptyTextIsNullThatKnowsItsFile) {
  for (std::string_view text :
       {"", "# only a comment\n", "---\n", "\xEF\xBB\xBF"}) {
    const YamlNode root = Parse(text);
    EXPECT_TRUE(root.is_null());
    EXPECT_EQ(Message(root.AllowKeys({"a"})),
              text == "---\n" ? "f.yaml:2:1: expected a map"
                              : "f.yaml:1:1: expected a map");
  }
}

TEST(Yaml, ReadsBlockScalarsCommentsAndUnicode) {
  const YamlNode root = Parse(
      "a: |\n  one\n  two\n# note\nb: \"tab\\t\\u00e9\"\nc: 'it''s'\nd: "
      "\"back\\\\\"\n");
  EXPECT_EQ(*root.Get("a")->AsString(), "one\ntwo\n");
  EXPECT_EQ(*root.Get("b")->AsString(), "tab\t\xC3\xA9");
  EXPECT_EQ(*root.Get("c")->AsString(), "it's");
  EXPECT_EQ(*root.Get("d")->AsString(), "back\\");
}

TEST(Yaml, ConvertsPlainScalarsOnly) {
  const YamlNode root = Parse(
      "i: -12\nd: 0.25\nt: true\nf: false\nq: \"12\"\nqt: 'true'\ny: yes\n"
      "inf: inf\nhuge: 1e999\nlong: 99999999999999999999\npart: 12x\n"
      "l: [a, b]\ne: []\nll: [[a]]\nn:\n");
  EXPECT_EQ(*root.Get("i")->AsInt(), -12);
  EXPECT_EQ(*root.Get("d")->AsDouble(), 0.25);
  EXPECT_EQ(*root.Get("i")->AsDouble(), -12);
  EXPECT_TRUE(*root.Get("t")->AsBool());
  EXPECT_FALSE(*root.Get("f")->AsBool());
  EXPECT_EQ(*root.Get("q")->AsString(), "12");
  for (std::string_view key :
       {"q", "qt", "y", "inf", "huge", "part", "l", "n"}) {
    EXPECT_FALSE(root.Get(key)->AsDouble().ok()) << key;
    EXPECT_FALSE(root.Get(key)->AsInt().ok()) << key;
    EXPECT_FALSE(root.Get(key)->AsBool().ok()) << key;
  }
  EXPECT_FALSE(root.Get("long")->AsInt().ok());
  EXPECT_FALSE(root.Get("d")->AsInt().ok());
  EXPECT_THAT(*root.Get("l")->AsStrings(), testing::ElementsAre("a", "b"));
  EXPECT_THAT(*root.Get("i")->AsStrings(), testing::ElementsAre("-12"));
  EXPECT_THAT(*root.Get("e")->AsStrings(), testing::IsEmpty());
  EXPECT_FALSE(root.Get("ll")->AsStrings().ok());
  EXPECT_FALSE(root.Get("n")->AsStrings().ok());
  EXPECT_FALSE(root.Get("l")->AsString().ok());
  EXPECT_FALSE(root.Get("n")->AsString().ok());
  EXPECT_EQ(Message(root.Get("q")->AsInt().status()),
            "f.yaml:5:4: expected a whole number");
}

TEST(Yaml, NamesTheUnknownKeyAndTheKnownOnes) {
  const YamlNode root = Parse("version: 1\n  # note\ntypo: 2\n");
  EXPECT_TRUE(root.AllowKeys({"version", "typo"}).ok());
  EXPECT_EQ(Message(root.AllowKeys({"version", "types"})),
            "f.yaml:3:1: unknown key \"typo\"; known: version, types");
  EXPECT_EQ(Message(root.Get("typo")->Error("bad")), "f.yaml:3:7: bad");
  EXPECT_EQ(Message(root.Get("typo")->KeyError("bad")), "f.yaml:3:1: bad");
}

TEST(Yaml, ShowsKeysShortAndOnOneLine) {
  const YamlNode root =
      Parse("\"a\\n" + std::string(61, 'x') + "\xC3\xA9y\": 1\n");
  EXPECT_EQ(Message(root.AllowKeys({"k"})), "f.yaml:1:1: unknown key \"a?" +
                                                std::string(61, 'x') +
                                                "...\"; known: k");
}

TEST(Yaml, ErrorsHoldNoValues) {
  for (std::string_view text :
       {"a: SECRET\nb: SECRET: SECRET\n", "a: \"SECRET\nb: 1\n", "a: [SECRET\n",
        "a: *SECRET\n", "a: !SECRET 1\n", "a: \"SECRET\\q\"",
        "a: \"\\xSECRET\"", "%YAML SECRET\n---\na: 1\n",
        "%TAG SECRET\n---\na: 1\n", "a: &SECRET 1\n"}) {
    const auto root = ParseYaml(text, "f.yaml");
    ASSERT_FALSE(root.ok()) << text;
    EXPECT_THAT(Message(root.status()),
                testing::Not(testing::HasSubstr("SECRET")));
  }
}

TEST(Yaml, LimitsDepthAndSize) {
  EXPECT_TRUE(ParseYaml(Nested(64), "f").ok());
  EXPECT_EQ(Message(ParseYaml(Nested(65), "f").status()),
            "f:1:65: nested more than 64 levels deep");
  EXPECT_FALSE(ParseYaml(Nested(100000), "f").ok());
  const std::string large(std::size_t{4} << 20, '#');
  EXPECT_TRUE(ParseYaml(large, "f").ok());
  EXPECT_EQ(Message(ParseYaml(large + "#", "f").status()),
            "f: larger than 4 MiB");
}

// Every prefix and every single-byte change of a file gives a tree or an
// error; sanitizers see the rest.
TEST(Yaml, SurvivesDamagedText) {
  const std::string text =
      "version: 1\ntypes:\n  DATE: {anonymizer: \"ha\\tsh\", n: [1, 'b']}\n"
      "text: |\n  block\n";
  for (std::size_t i = 0; i < text.size(); ++i) {
    (void)ParseYaml(std::string_view(text).substr(0, i), "f");
    for (char c : {'"', '\'', '{', ']', ':', '&', '*', '!', '\n', '\t', '%',
                   '\x80', '|'}) {
      std::string damaged = text;
      damaged[i] = c;
      (void)ParseYaml(damaged, "f");
    }
  }
}

TEST(Yaml, ReadsFilesAndRefusesFolders) {
  const std::string path = testing::TempDir() + std::to_string(::getpid()) +
                           "phiwire_yaml_test.yaml";
  std::ofstream(path) << "a: 1\na: 2\n";
  EXPECT_EQ(Message(ReadYamlFile(path).status()),
            path + ":2:1: duplicate key \"a\"");
  std::remove(path.c_str());
  EXPECT_EQ(ReadYamlFile(path).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadYamlFile(testing::TempDir()).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace phiwire
