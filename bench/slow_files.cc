// SPDX-License-Identifier: Apache-2.0

#include "bench/slow_files.h"

#include <array>

namespace phiwire::bench {
namespace {

constexpr std::string_view kMsh =
    "MSH|^~\\&|A|B|C|D|20240102||ADT^A01|1|P|2.5\r";
constexpr std::string_view kCda =
    "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><structuredBody>"
    "<component><section><text>";
constexpr std::string_view kCdaEnd =
    "</text></section></component></structuredBody></component>"
    "</ClinicalDocument>";
constexpr std::string_view kIsa =
    "ISA*00*          *00*          *ZZ*A              *ZZ*B              "
    "*200101*1253*^*00501*000000001*0*P*:~GS*HC*A*B*20200101*1*1*X*"
    "005010X222A1~ST*837*0001~";
constexpr std::string_view kHeader = "name,dob,mrn,note\n";

constexpr auto kFiles = std::to_array<SlowFile>({
    {"log-pairs", Format::kLog, "", "a=b ", "\n"},
    {"log-pairs-in-pairs", Format::kLog, "", "=Z", "\n"},
    {"log-named-pairs-in-pairs", Format::kLog, "", "a10x=", "\n"},
    {"log-paths-in-paths", Format::kLog, "", "path=/a", "\n"},
    {"log-queries-in-queries", Format::kLog, "", "?a=b", "\n"},
    {"log-dates-without-digits", Format::kLog, "", "dob=x", "\n"},
    {"log-open-quotes", Format::kLog, "", "user=\"k=v ", "\n"},
    {"log-open-lists", Format::kLog, "'", " in (a", "\n"},
    {"log-lists-in-lists", Format::kLog, "'", " in (a,", "\n"},
    {"log-likes", Format::kLog, "", " like 'a'", "\n"},
    {"log-one-user", Format::kLog, "", "user=03/04/2021 x ; ", "\n"},
    {"log-users", Format::kLog, "", "user=\xC3\xA9PID| ", "\n"},
    {"log-levels", Format::kLog, "", "INFO ", "\n"},
    {"log-stack", Format::kLog, "2024-01-02 03:04:05 INFO x\n",
     "\tat a.b(c.java:1)\n", ""},
    {"log-times", Format::kLog, "", "2024-01-02 03:04:05 INFO a\n", ""},
    {"log-requests", Format::kLog, "", "127.0.0.1 - - [\"GET /a ", "\n"},
    {"log-braces", Format::kLog, "", "{\"a\":", "\n"},
    {"csv-returns", Format::kCsv, kHeader, "\r", ""},
    {"csv-rows-of-returns", Format::kCsv, kHeader, "a,b,c,d\r", ""},
    {"csv-quotes", Format::kCsv, kHeader, "\"\",", "\n"},
    {"csv-open-quotes", Format::kCsv, kHeader, "\"a,", "\n"},
    {"csv-cells", Format::kCsv, kHeader, ",", "\n"},
    {"csv-line-ends", Format::kCsv, kHeader, "\n", ""},
    {"hl7-long-header", Format::kHl7, "MSH|^~\\&|", "OBX|\\.br\\03/04/2021",
     "\r"},
    {"hl7-texts-and-names", Format::kHl7, kMsh,
     "NK1|1|Doe^Jane\rNTE|1||Jane was here\r", ""},
    {"hl7-escapes", Format::kHl7, kMsh, "NTE|1||\\T\\\\X41\\\r", ""},
    {"hl7-open-escapes", Format::kHl7, "MSH|^~\\&|NTE|", "\\X41", "\r"},
    {"hl7-headers", Format::kHl7, "", "MSH|^~\\&|\\\rPV1|1||", "\r"},
    {"hl7-repetitions", Format::kHl7, kMsh, "PID|||1~2~3^4&5\r", ""},
    {"ndjson-open", Format::kNdjson, "", "[", ""},
    {"ndjson-objects", Format::kNdjson, "", "{\"a\":{\"b\":1}}\n", ""},
    {"ndjson-escapes", Format::kNdjson, "{\"a\":\"", "\\u0041\\n", "\"}\n"},
    {"ndjson-backslashes", Format::kNdjson, "{\"a\":\"", "\\\\", "\"}\n"},
    {"ndjson-names", Format::kNdjson, "[", "{\"name\":\"Jane Doe\"},", "0]\n"},
    {"fhir-names", Format::kFhir, "{\"resourceType\":\"Patient\",\"name\":[",
     "{\"family\":\"a\",\"given\":[\"b\"]},", "{\"family\":\"c\"}]}"},
    {"fhir-entries", Format::kFhir, "{\"resourceType\":\"Bundle\",\"entry\":[",
     "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"a\"}},",
     "{\"fullUrl\":\"x\"}]}"},
    {"fhir-references", Format::kFhir,
     "{\"resourceType\":\"Bundle\",\"entry\":[",
     "{\"resource\":{\"resourceType\":\"Observation\",\"subject\":"
     "{\"reference\":\"Patient/a\"}}},",
     "{\"fullUrl\":\"x\"}]}"},
    {"ccda-cells", Format::kCcda, kCda, "<td>x</td>", kCdaEnd},
    {"ccda-comments", Format::kCcda, kCda, "<!-- a -->", kCdaEnd},
    {"ccda-open-comments", Format::kCcda, kCda, "<!--", kCdaEnd},
    {"ccda-open", Format::kCcda, "", "<a>", ""},
    {"ccda-entities", Format::kCcda, kCda, "&amp;&#65;", kCdaEnd},
    {"ccda-contents", Format::kCcda, kCda, "<content ID=\"a\">x</content>",
     kCdaEnd},
    {"x12-people", Format::kX12, kIsa, "NM1*IL*1*DOE*JANE~", "IEA*1*1~"},
    {"x12-levels", Format::kX12, kIsa, "HL*1**20*1~", "IEA*1*1~"},
    {"x12-elements", Format::kX12, kIsa, "*", "~IEA*1*1~"},
    {"html-tags", Format::kHtml, "<html><body>", "<b>", "</body></html>"},
    {"html-blocks", Format::kHtml, "<html><body>", "<div>", "</body></html>"},
    {"html-open-comments", Format::kHtml, "<html><body>", "<!--", ""},
    {"html-open-links", Format::kHtml, "<html><body>", "<a href=\"", ""},
    {"html-tables", Format::kHtml, "", "<table><tr><td>", ""},
    {"html-entities", Format::kHtml, "", "&lt&amp;", ""},
    {"html-less-thans", Format::kHtml, "", "<", ""},
    {"rtf-groups", Format::kRtf, "{\\rtf1 ", "{\\*\\x ", ""},
    {"rtf-bytes", Format::kRtf, "{\\rtf1 ", "\\'41", "}"},
    {"rtf-unicode", Format::kRtf, "{\\rtf1 ", "\\u8217?", "}"},
    {"rtf-cells", Format::kRtf, "{\\rtf1 ", "\\trowd a\\cell \\row ", "}"},
    {"markdown-brackets", Format::kMarkdown, "", "[", ""},
    {"markdown-links", Format::kMarkdown, "", "[a](b", ""},
    {"markdown-stars", Format::kMarkdown, "", "*a", ""},
    {"markdown-backticks", Format::kMarkdown, "", "`a``", ""},
    {"markdown-quotes", Format::kMarkdown, "", "> ", ""},
    {"markdown-tables", Format::kMarkdown, "|a|b|\n|-|-|\n", "|a|b|\n", ""},
    {"markdown-html", Format::kMarkdown, "", "<b>*", ""},
});

}  // namespace

std::span<const SlowFile> SlowFiles() { return kFiles; }

std::string MakeSlowFile(const SlowFile& file, std::size_t bytes) {
  std::string out(file.head);
  out.reserve(bytes + file.unit.size() + file.tail.size());
  while (out.size() < bytes) out += file.unit;
  out += file.tail;
  return out;
}

}  // namespace phiwire::bench
