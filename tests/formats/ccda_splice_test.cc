// SPDX-License-Identifier: Apache-2.0
//
// What is written where: escapes by place, values that must not become empty,
// ids that stay ids.

#include <gtest/gtest.h>

#include <string>

#include "base/strings.h"
#include "formats/xml/parser.h"
#include "tests/formats/ccda_test_support.h"

namespace phiwire {
namespace {

// Replaces the first `what` in the document.
std::string Replaced(std::string_view document, std::string_view what,
                     std::string_view by) {
  const std::size_t at = document.find(what);
  const std::vector<Edit> edits = {{at, at + what.size(), std::string(by)}};
  const auto out = ccda_test::Reader()->Splice(document, edits);
  return out.ok() ? *out : std::string(ToStd(out.status().message()));
}

TEST(CcdaSplice, EscapesByPlace) {
  struct {
    std::string_view document, what, by, out;
  } const rows[] = {
      {"<a>X</a>", "X", "<&>\"'", "<a>&lt;&amp;&gt;\"'</a>"},
      {"<a>X</a>", "X", "a\rb\x01", "<a>a&#13;b </a>"},
      {"<a>X]></a>", "X", "[N]", "<a>[N&#93;]></a>"},
      {"<a>X></a>", "X", "]]", "<a>]&#93;></a>"},
      {"<a b=\"X\"/>", "X", "\"'<\n\t", "<a b=\"&quot;'&lt;&#10;&#9;\"/>"},
      {"<a b='X'/>", "X", "\"'", "<a b='\"&apos;'/>"},
      {"<a><![CDATA[X]]></a>", "X", "]]>&<", "<a><![CDATA[]] >&<]]></a>"},
      {"<a><![CDATA[X]>]]></a>", "X", "[N]", "<a><![CDATA[[N] ]>]]></a>"},
      {"<a><![CDATA[X>]]></a>", "X", "]]", "<a><![CDATA[]] >]]></a>"},
      {"<a><!--X--></a>", "X", "-->", "<a><!-- - ->--></a>"},
      {"<a><!--X--></a>", "X", "a-", "<a><!--a- --></a>"},
      {"<a><!--X-b--></a>", "X", "a-", "<a><!--a- -b--></a>"},
      {"<a><?p X?></a>", "X", "?>", "<a><?p ? >?></a>"},
      {"<a c='>'><b d='X'/></a>", "X", "y", "<a c='>'><b d='y'/></a>"},
      {"<a>X</a>", "<a>X", "y", "edit over mark-up"},
      {"<a b='X'/>", "X'", "y", "edit over mark-up"},
      {"<a b='X'/>", "a", "y", "edit over mark-up"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Replaced(row.document, row.what, row.by), row.out)
        << row.document;
  }
}

TEST(CcdaSplice, AnEmptyValueIsMasked) {
  struct {
    std::string_view document, what, by, out;
  } const rows[] = {
      {"<birthTime value=\"1920\"/>", "1920", "",
       "<birthTime nullFlavor=\"MSK\"/>"},
      {"<birthTime value=' 1920 ' nullFlavor='UNK'/>", "1920", "",
       "<birthTime nullFlavor='UNK'/>"},
      {"<patientRole><id\n extension='7' root='1.2'/></patientRole>", "7", "",
       "<patientRole><id nullFlavor=\"MSK\" root='1.2'/></patientRole>"},
      // A part of a value leaves the rest.
      {"<telecom value='tel:555'/>", "555", "", "<telecom value='tel:'/>"},
      // Other attributes, other XML: an empty value is one.
      {"<birthTime x='7'/>", "7", "", "<birthTime x=''/>"},
      {"<a value='7'/>", "7", "", "<a value=''/>"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Replaced(row.document, row.what, row.by), row.out)
        << row.document;
  }
  const std::string two = "<setId root='1.2' extension='7'/>";
  const auto out = ccda_test::Reader()->Splice(
      two, std::vector<Edit>{{13, 16, ""}, {29, 30, ""}});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(*out, "<setId nullFlavor=\"MSK\"/>");
}

TEST(CcdaSplice, IdsStayIds) {
  EXPECT_EQ(Replaced("<setId root='1.2.3'/>", "1.2.3", "7QX.9"),
            "<setId root='x7QX-9'/>");
  EXPECT_EQ(Replaced("<setId root='1.2.3'/>", "1.2.3", "1.9"),
            "<setId root='1.9'/>");
  const std::string hl7 = "<assignedAuthor>";
  EXPECT_EQ(Replaced(hl7 + "<content ID='a1'/></assignedAuthor>", "a1", "7Q"),
            hl7 + "<content ID='x7Q'/></assignedAuthor>");
  EXPECT_EQ(
      Replaced(hl7 + "<reference value='#a1'/></assignedAuthor>", "a1", "7Q"),
      hl7 + "<reference value='#x7Q'/></assignedAuthor>");
}

}  // namespace
}  // namespace phiwire
