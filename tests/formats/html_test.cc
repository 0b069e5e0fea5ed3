// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "formats/html/sniff.h"
#include "tests/formats/markup_test_support.h"

namespace phiwire {
namespace {

constexpr std::string_view kPage =
    "\xEF\xBB\xBF<!DOCTYPE html>\n<html><head><title>J. Smith</title>\n"
    "<meta name=author content=\"Dr. Who\"><style>a{}</style></head>\n"
    "<body><p>Seen: John <b>Smith</b>, <a href='mailto:j@x.org'>mail</a>\n"
    "<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=John></p>\n"
    "<!-- by Jane --></body></html>\n";

TEST(Html, IsARunningTextAndWhatStandsAside) {
  const auto reader = NewHtmlFormat();
  ASSERT_EQ(reader->Split(kPage)->size(), 1u);
  EXPECT_TRUE(reader->Split("")->empty());
  const auto fields = reader->Fields(kPage);
  ASSERT_TRUE(fields.ok());
  CheckFields(*fields, kPage);
  EXPECT_EQ(TextOf(*fields, kPage, "text"),
            "J. Smith\nSeen: John Smith, mail \n");
  EXPECT_EQ(TextOf(*fields, kPage, "text/@"),
            "author: Dr. Who\na{}\nj@x.org\ndata:image/png;base64,\n"
            "John\n by Jane ");
  EXPECT_EQ(TextOf(*fields, kPage, ""), "text/@data=iVBORw0KGgo=");
}

TEST(Html, BytesOutsideEditsStay) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    CheckRandomEdits(*NewHtmlFormat(), kPage, seed);
  }
}

struct SpliceRow {
  std::string_view html;
  std::string_view put;  // for "John"
  std::string_view out;
};

TEST(Html, ReplacementsCantBreakOut) {
  const SpliceRow kRows[] = {
      {"<p>John</p>", "a<b>&", "<p>a&lt;b&gt;&amp;</p>"},
      {"<p title='John'>", "a'b", "<p title='a&#39;b'>"},
      {"<p title=John>", "a b>", "<p title=a_b&gt;>"},
      {"<p title=x>John", "a b", "<p title=x>a b"},
      {"<!--John->-->", "a-", "<!--a&#45;->-->"},
      {"<script>'John'</script>", "</script>'",
       "<script>'&lt;/script&gt;&#39;'</script>"},
  };
  for (const SpliceRow& row : kRows) {
    const std::size_t at = row.html.find("John");
    const std::vector<Edit> edits = {{at, at + 4, std::string(row.put)}};
    EXPECT_EQ(*NewHtmlFormat()->Splice(row.html, edits), row.out) << row.html;
  }
}

TEST(Html, IsToldByItsFront) {
  for (const std::string_view yes :
       {"<!DOCTYPE html>", "<!doctype HTML PUBLIC", "<html>",
        "\xEF\xBB\xBF <HTML lang=en", "<!-- x --><html>",
        "<?xml version=\"1.0\"?><!DOCTYPE html"}) {
    EXPECT_TRUE(LooksLikeHtml(yes)) << yes;
  }
  for (const std::string_view no :
       {"", "<", "<htmlx>", "<!DOCTYPE ClinicalDocument", "text <html>",
        "<ClinicalDocument>", "<!-- never closed <html>", "<?xml", "<p>x</p>",
        "<!DOCTYPE htmlx"}) {
    EXPECT_FALSE(LooksLikeHtml(no)) << no;
  }
  EXPECT_TRUE(LooksLikeHtmlFragment("<p>x</p>"));
  EXPECT_TRUE(LooksLikeHtmlFragment(" <div class=x><b>y</b>"));
  for (const std::string_view no : {"", "<p>", "<p>x</john>", "<john>x</p>",
                                    "<5 mg</p>", "x <p>y</p>", "<p", "<"}) {
    EXPECT_FALSE(LooksLikeHtmlFragment(no)) << no;
  }
}

}  // namespace
}  // namespace phiwire
