// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "tests/formats/markup_test_support.h"

namespace phiwire {
namespace {

struct Row {
  std::string_view markdown;
  std::string_view text;
  std::string_view aside = "";
};

const Row kRows[] = {
    {"plain\ntext\n", "plain\ntext\n"},
    {"# Note\n## **John** Smith\n", "Note\nJohn Smith\n"},
    {"#7 is no heading\n#", "#7 is no heading\n#"},
    {"**Jo**hn _Smith_ ~~x~~ `code`", "John Smith x code"},
    {"2 * 3, a_b_c, ~30, * item", "2 * 3, a_b_c, ~30, * item"},
    {"***\n___\n", "***\n___\n"},
    {"> quoted\n> > # twice", "quoted\ntwice"},
    {"- **Name:** John\n* x\n1. y", "- Name: John\n* x\n1. y"},
    {"| Name | John |\n|---|---|\n|a|b|\nx | y",
     "\t Name \t John \t\n\t---\t---\t\n\ta\tb\t\nx | y"},
    {"[John](mailto:j@x.org) and [x](y)z", "[John j@x.org  and [x y z"},
    {"[x](never\n)", "[x](never\n)"},
    {"[x] (y) ](", "[x] (y) ]("},
    {"<john@x.org> <https://x.org/j>", "<john@x.org> <https://x.org/j>"},
    {"Jo<b>hn</b><br>x <p title=\"J\">y</p>", "John\nx \ny\n", "J"},
    {"a <!-- John --> b", "a  b", " John "},
    {"BP <120, a<b", "BP <120, a<b"},
    {"A&amp;B John\\_Smith C:\\x", "A&B John_Smith C:\\x"},
    {"---\nauthor: John\n---\n```py\nx = 'J'\n```\n",
     "---\nauthor: John\n---\npy\nx = 'J'\n```\n"},
    {"\xEF\xBB\xBF# x", "x"},
};

TEST(Markdown, ReadsAsPeopleDo) {
  const auto reader = NewMarkdownFormat();
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.markdown);
    const auto fields = reader->Fields(row.markdown);
    ASSERT_TRUE(fields.ok());
    CheckFields(*fields, row.markdown);
    EXPECT_EQ(TextOf(*fields, row.markdown, "text"), row.text);
    EXPECT_EQ(TextOf(*fields, row.markdown, "text/@"), row.aside);
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
      CheckRandomEdits(*reader, row.markdown, seed);
    }
  }
}

TEST(Markdown, AReplacementBeginsNothing) {
  const std::vector<Edit> edits = {{2, 6, "a\n# b|c<d>"}};
  EXPECT_EQ(*NewMarkdownFormat()->Splice("| John |", edits),
            "| a # b/c&lt;d&gt; |");
}

TEST(Markdown, TakesLinearTime) {
  for (const std::string_view piece :
       {"*", "a*", "](", "[", "<b ", "<b>", "<!--", "&", "\\", "|", "\n|", "> ",
        "\n> ", "`", "](x)"}) {
    std::string text;
    while (text.size() < 1000000) text += piece;
    text += "\n)";
    EXPECT_TRUE(NewMarkdownFormat()->Fields(text).ok()) << piece;
  }
}

}  // namespace
}  // namespace phiwire
