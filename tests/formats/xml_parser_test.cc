// SPDX-License-Identifier: Apache-2.0
//
// The events of XML and their byte ranges; what is refused and why.

#include <gtest/gtest.h>

#include <string>

#include "base/strings.h"
#include "formats/ccda/sniff.h"
#include "formats/xml/parser.h"
#include "tests/formats/ccda_test_support.h"

namespace phiwire {
namespace {

// Events as text: what each range holds.
class Log final : public xml::Handler {
 public:
  explicit Log(std::string_view document) : document_(document) {}

  void Start(std::string_view name, std::span<const xml::Attribute> attributes,
             RecordRange tag) override {
    log += "S " + std::string(name) + " " + Of(tag);
    for (const xml::Attribute& a : attributes) {
      log += " [" + std::string(a.name) + "=" + Of({a.begin, a.end}) + "=" +
             std::string(a.value) + "]";
    }
    log += "\n";
  }
  void End(RecordRange tag) override { log += "E " + Of(tag) + "\n"; }
  void Text(RecordRange raw) override { log += "T " + Of(raw) + "\n"; }
  void Cdata(RecordRange raw, RecordRange content) override {
    log += "D " + Of(raw) + " " + Of(content) + "\n";
  }
  void Comment(RecordRange raw, RecordRange content) override {
    log += "C " + Of(raw) + " " + Of(content) + "\n";
  }
  void Instruction(RecordRange raw, RecordRange content) override {
    log += "I " + Of(raw) + Of(content) + "\n";
  }
  std::string log;

 private:
  std::string Of(RecordRange r) const {
    return std::string(document_.substr(r.begin, r.end - r.begin));
  }
  std::string_view document_;
};

std::string Events(std::string_view document) {
  Log log(document);
  const absl::Status status = xml::Parse(document, log);
  return status.ok() ? log.log : std::string(ToStd(status.message()));
}

TEST(XmlParser, GivesEveryByteOfTheDocument) {
  EXPECT_EQ(Events("\xEF\xBB\xBF<?xml version='1.0' encoding='windows-1252'?>"
                   "\n<!-- c --><a x='1' y = \"a&amp;b\n>\"\n>t&#65;<b/>"
                   "<![CDATA[y<z]]><?p q?></a >\n"),
            "C <!-- c -->  c \n"
            "S a <a x='1' y = \"a&amp;b\n>\"\n> [x=1=1]"
            " [y=a&amp;b\n>=a&b >]\n"
            "T t&#65;\nS b <b/>\nE \nD <![CDATA[y<z]]> y<z\nI <?p q?>q\n"
            "E </a >\n");
}

std::string Nested(int depth) {
  std::string out;
  for (int i = 0; i < depth; ++i) out += "<a>";
  for (int i = 0; i < depth; ++i) out += "</a>";
  return out;
}

TEST(XmlParser, RefusesWithAReasonAndARange) {
  const std::string bomb =
      "<!DOCTYPE a [<!ENTITY b 'xx'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
  struct {
    std::string document;
    std::string_view reason;
  } const rows[] = {
      {bomb, "xml: document type declaration at bytes 12-13"},
      {"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
       "xml: document type declaration"},
      {"<a>&nbsp;</a>", "xml: undefined entity at bytes 3-3"},
      {"<a><b></a>", "xml: mismatched tag"},
      {"<a>", "xml: no element found"},
      {"<a", "xml: unclosed token"},
      {"<a><![CDATA[x</a>", "xml: unclosed CDATA section"},
      {"<a x='1' x='2'/>", "xml: duplicate attribute"},
      {"<a/><b/>", "xml: junk after document element"},
      {"x<a/>", "xml: not well-formed (invalid token)"},
      {"<a>\x80</a>", "xml: not well-formed (invalid token)"},
      {"<a>\xED\xA0\x80</a>", "xml: not well-formed (invalid token)"},
      {std::string("<a>\0</a>", 8), "xml: not well-formed (invalid token)"},
      {"<a>&#0;</a>", "xml: reference to invalid character number"},
      {"<a x=1/>", "xml: not well-formed (invalid token)"},
      {"<?xml version='1.0' encoding='JohnDoe'?><a/>", "xml: unknown encoding"},
      {Nested(xml::kMaxDepth + 1), "xml: nested too deep at bytes 384-387"},
      {"<a x='" + std::string(xml::kMaxAttribute + 1, 'x') + "'/>",
       "xml: attribute too large"},
      {"", "xml: no element found"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Events(row.document).substr(0, row.reason.size()), row.reason)
        << row.document.substr(0, 80);
  }
  EXPECT_EQ(Events(Nested(xml::kMaxDepth)).substr(0, 3), "S a");
}

TEST(XmlParser, RefusesFhirByName) {
  const auto fields = ccda_test::Reader()->Fields(
      "<f:Patient xmlns:f='http://hl7.org/fhir'><f:id value='1'/></f:Patient>");
  ASSERT_FALSE(fields.ok());
  EXPECT_EQ(ToStd(fields.status().message()),
            "xml: FHIR in XML is not read: give it as JSON at bytes 0-41");
}

TEST(XmlSniff, TellsXmlByItsRoot) {
  struct {
    std::string_view head;
    bool ccda, xml;
  } const rows[] = {
      {"<ClinicalDocument xmlns='urn:hl7-org:v3'>", true, true},
      {"\xEF\xBB\xBF \n<?xml version='1.0'?><!-- x --><v:ClinicalDocument ",
       true, true},
      {"<recordTarget>\n<patientRole/>", true, true},
      {"<section><templateId root='1'/>", true, true},
      {"<section><title>x", false, true},
      {"<html><body>", false, false},
      {"<?xml version='1.0'?><HTML>", false, false},
      {"<!DOCTYPE html><html>", false, false},
      {"<?xml", false, true},
      {"<1> one", false, false},
      {"a < b", false, false},
      {"< a", false, false},
      {"<!-- ", false, false},
      {"", false, false},
      {"<", false, false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ccda::LooksLikeCcda(row.head), row.ccda) << row.head;
    EXPECT_EQ(ccda::LooksLikeXml(row.head), row.xml) << row.head;
  }
}

}  // namespace
}  // namespace phiwire
