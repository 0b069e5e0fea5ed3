// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "formats/markdown/sniff.h"

namespace phiwire {
namespace {

struct Row {
  std::string_view text;
  int signs;
};

const Row kRows[] = {
    {"", 0},
    {"Seen # 3, at 5 ** 2.\n", 0},
    // Headings, wherever they stand, and however often.
    {"# Note", 1},
    {"a # b\r\n## History\r\n## Plan\r\n", 1},
    {"#### \xC3\x84rzte\n", 1},
    {"####### Seven\n#\n#3\n# 3\nx\n", 0},
    // Bold.
    {"a ** b\n**Name:** x", 1},
    {"**open\n", 0},
    {"**a ** b", 0},
    // Links.
    {"](\nsee [x](http://x.org) [y](./z)", 1},
    {"x](http://x.org)", 0},
    {"[x](y)\n[x](#z)", 1},
    // A table's rule.
    {"a | b\n--- | ---\n", 1},
    {"a -- b | c\n", 0},
    // Fences come in pairs.
    {"```\n", 0},
    {"```py\nx\n```\n", 1},
    {"x ```\n```\n", 0},
    // A front matter.
    {"---\ntitle: x\n---\n", 1},
    {"---\r\ntitle: x\r\n---\r\n", 1},
    {"---\ntitle: x\n", 0},
    {"# A\n**b**\n[c](#d)\n|--|\n```\n```\n", 5},
};

TEST(MarkdownSigns, OneAKind) {
  for (const Row& row : kRows) {
    EXPECT_EQ(MarkdownSigns(row.text), row.signs) << row.text;
    // What stands before and behind has none.
    const std::string inside =
        "x\n" + std::string(row.text) + "\n" + std::string(400, 'x');
    if (row.text.starts_with("---")) continue;
    EXPECT_EQ(MarkdownSigns(inside), row.signs) << row.text;
  }
}

}  // namespace
}  // namespace phiwire
