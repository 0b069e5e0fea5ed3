// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "formats/markup/references.h"
#include "formats/markup/xhtml_text.h"

namespace phiwire::markup {
namespace {

struct Row {
  std::string_view markup;
  std::string_view text;
  std::string_view aside = "";
};

XhtmlText Decode(std::string_view markup) {
  XhtmlText out;
  EXPECT_TRUE(DecodeXhtml(markup, 0, &out).ok());
  return out;
}

void Check(const Row& row) {
  const XhtmlText out = Decode(row.markup);
  EXPECT_EQ(out.text.text(), row.text) << row.markup;
  EXPECT_EQ(out.aside.text(), row.aside) << row.markup;
}

TEST(XhtmlText, ReadsAsPeopleDo) {
  const Row kRows[] = {
      {"", ""},
      {"plain", "plain"},
      {"John<b>son</b>", "Johnson"},
      {"<p>one</p><p>two</p>", "one\ntwo\n"},
      {"a<br>b<br/>c", "a\nb\nc"},
      {"<table><tr><td>Name</td><td>John</td></tr><tr><th>x<th>y</table>",
       "Name\tJohn\t\nx\ty\n"},
      {"<ul>\n  <li>one\n  <li>two\n</ul>", "one \ntwo \n"},
      {"John\n      Smith", "John Smith"},
      {"<pre>John\n  Smith</pre>", "John\n  Smith\n"},
      {"a&amp;b &lt;c&gt; &quot;&apos;", "a&b <c> \"'"},
      {"Jos&eacute; &#74;&#x4A; &eacute", "Jos\u00E9 JJ \u00E9"},
      {"John&nbsp;Sm&shy;ith", "John Smith"},
      {"&notit; &bogus; & &; &#; &#x;", "\u00ACit; &bogus; & &; &#; &#x;"},
      {"&#0;&#xD800;&#x110000;&#99999999999999999999;",
       "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"&#150;", "\u2013"},
      {"BP <120 and >80, x < y", "BP <120 and >80, x < y"},
      {"<![CDATA[a <b> &amp;]]>c", "a <b> &amp;c"},
      {"<textarea>a <b>&amp;</textarea>c", "a <b>&\nc"},
      {"<plaintext>a <b>c", "a <b>c"},
      {"</>x", "x"},
      {"a <b", "a <b"},
      {"a <b title=\"x>y", "a <b title=\"x>y"},
      {"a<", "a<"},
      {"a</", "a</"},
      {"<!DOCTYPE html>x", "x"},
      {"<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
       "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">x",
       "x"},
      {"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>", "x\n"},
      {"<td width=100 align='left' bgcolor=\"#ffffff\" colspan=2>x", "x"},
      {"<script/>x", "x"},
  };
  for (const Row& row : kRows) Check(row);
}

TEST(XhtmlText, GivesAllOtherTextAside) {
  const Row kRows[] = {
      {"<img alt='John Smith'>", "", "John Smith"},
      {"<a href=mailto:j@x.org title=\"J &amp; S\">x</a>", "x",
       "j@x.org\nJ & S"},
      {"<input name=dob value='1/2/80'>", "", "dob: 1/2/80"},
      {"<input data-mrn=\"123\" checked>", "", "data-mrn: 123"},
      {"<p John Smith>x", "x", "John Smith"},
      {"mail <john@x.org> now", "mail  now", "john@x.org"},
      {"<o:p>x</o:p>", "x", "o:p\no:p"},
      {"a<!-- John -- Smith -->b", "ab", " John -- Smith "},
      {"a<!-->b<!--->c<!--x--!>d", "abcd", "x"},
      {"a<!--x", "a", "x"},
      {"a<?php John ?>b", "ab", "php John ?"},
      {"a<!John>b</ Smith>c", "abc", "John\n Smith"},
      {"<!DOCTYPE html PUBLIC \"John\">", "", "DOCTYPE html PUBLIC \"John\""},
      {"<script>var a='John<b>';</script>x", "x", "var a='John<b>';"},
      {"<SCRIPT>a</scripty></ScRiPt >x", "x", "a</scripty>"},
      {"<style>a", "", "a"},
      {"<div xmlns=\"http://x.org/john\">x", "x", "http://x.org/john"},
      {"<td width=\"1234567\" align=\"John\">x", "x", "1234567\nJohn"},
      {"<a title=\"a > b\" alt='\"'>x", "x", "a > b\n\""},
      {"<a href=\"?a=1&copy=2&lt=3\">x", "x", "?a=1&copy=2&lt=3"},
  };
  for (Row row : kRows) Check(row);
}

TEST(XhtmlText, KeepsDataUrlsForTheirOwnReader) {
  const std::string_view markup =
      "<img alt=J src=\"data:image/PNG;base64,QUJD\">x"
      "<style>a{background:url(data:;base64,QQ==)}</style>";
  const XhtmlText out = Decode(markup);
  ASSERT_EQ(out.data_urls.size(), 2u);
  EXPECT_EQ(out.data_urls[0].media_type, "image/png");
  EXPECT_EQ(markup.substr(out.data_urls[0].begin, 4), "QUJD");
  EXPECT_EQ(out.data_urls[0].end, out.data_urls[0].begin + 4);
  EXPECT_EQ(out.data_urls[1].media_type, "");
  EXPECT_EQ(markup.substr(out.data_urls[1].begin, 4), "QQ==");
  EXPECT_EQ(out.aside.text(),
            "J\ndata:image/PNG;base64,\na{background:url(data:;base64,\n)}");
}

// The two texts and the data URLs never claim the same byte, and what they
// copy is what stands there.
TEST(XhtmlText, TheMapsLeadToTheBytes) {
  const std::string_view markup =
      "<p title='T&amp;'>Jo<b id=x>hn</b>&eacute;</p>\n  <!--c--><i>z</i>";
  for (const std::size_t base : {std::size_t{0}, std::size_t{1000}}) {
    std::vector<Field> fields;
    ASSERT_TRUE(AppendXhtmlFields(markup, base, "body", &fields).ok());
    ASSERT_EQ(fields.size(), 2u);
    std::vector<int> owner(markup.size(), -1);
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const Field& field = fields[f];
      ASSERT_EQ(field.offsets.size(), field.decoded.size() + 1);
      std::size_t gap = 0;
      for (std::size_t at = field.begin; at < field.end; ++at) {
        while (gap < field.gaps.size() && field.gaps[gap].end <= at) ++gap;
        if (gap < field.gaps.size() && field.gaps[gap].begin <= at) continue;
        EXPECT_EQ(owner[at - base], -1) << at;
        owner[at - base] = static_cast<int>(f);
      }
    }
    EXPECT_EQ(fields[0].path, "body");
    EXPECT_EQ(fields[0].decoded, "John\u00E9\nz");
    EXPECT_EQ(fields[1].path, "body/@");
    EXPECT_EQ(fields[1].decoded, "T&\nx\nc");
    EXPECT_EQ(fields[1].begin, base + 10);
  }
}

TEST(XhtmlText, TakesLinearTime) {
  for (const std::string_view piece : {"<",
                                       "<a ",
                                       "<a x='",
                                       "<!--",
                                       "<![CDATA[",
                                       "&",
                                       "&amp",
                                       "</script",
                                       "<script>",
                                       "<script/>",
                                       "<b>",
                                       "<pre>",
                                       "&#x",
                                       "\n",
                                       "<title>",
                                       "<a x=;base64,",
                                       "data:;base64,",
                                       "<!",
                                       "<!-->-",
                                       "--",
                                       "<x/"}) {
    std::string markup;
    while (markup.size() < 2000000) markup += piece;
    Decode(markup);
  }
}

TEST(References, ReplacementsStayWhereTheyArePut) {
  std::string out;
  AppendReferences("[NAME]", &out);
  EXPECT_EQ(out, "[NAME]");
  out.clear();
  AppendReferences("a<b>&\"'`\\ --x-", &out);
  EXPECT_EQ(out, "a&lt;b&gt;&amp;&quot;&#39;&#96;&#92; -&#45;x&#45;");
  EXPECT_EQ(out.find("--"), std::string::npos);
}

}  // namespace
}  // namespace phiwire::markup
