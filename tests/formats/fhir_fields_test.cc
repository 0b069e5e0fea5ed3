// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/fhir/sniff.h"
#include "formats/fhir/uris.h"
#include "json_test_support.h"

namespace phiwire {
namespace {

using json_test::Lines;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::unique_ptr<FormatReader> Reader(std::vector<SiteRule> rules = {}) {
  auto reader = NewFhirFormat(rules);
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

std::string OneLine(std::string text) {
  for (std::size_t at; (at = text.find('\n')) != std::string::npos;) {
    text.replace(at, 1, "\xE2\x8F\x8E");
  }
  return text;
}

TEST(FhirFields, AreThoseOfTheCases) {
  const std::string all = json_test::Read(std::string(PHIWIRE_SOURCE_DIR) +
                                          "/tests/formats/fhir/fields.cases");
  const auto reader = Reader();
  std::size_t cases = 0;
  for (std::size_t at = all.find("\n== "); at != std::string::npos; ++cases) {
    const std::size_t next = std::min(all.find("\n== ", at + 1), all.size());
    const std::string one = all.substr(at + 4, next - at - 4);
    const std::size_t line = one.find('\n');
    const std::size_t bar = one.find("\n---\n");
    const std::string record = one.substr(line + 1, bar - line - 1);
    std::string expected = one.substr(bar + 5);
    while (expected.ends_with('\n')) expected.pop_back();
    std::string got;
    for (const std::string& l : Lines(*reader, record)) {
      got += (got.empty() ? "" : "\n") + OneLine(l);
    }
    EXPECT_EQ(got, expected) << one.substr(0, line);
    at = next == all.size() ? std::string::npos : next;
  }
  EXPECT_GE(cases, 9u);
}

TEST(FhirFields, TellWhomTheyAreAbout) {
  const auto fields = Reader()->Fields(
      "{\"resourceType\":\"Bundle\",\"entry\":["
      "{\"resource\":{\"resourceType\":\"Observation\",\"subject\":"
      "{\"reference\":\"urn:uuid:b\"},\"valueString\":\"of b\"}},"
      "{\"fullUrl\":\"urn:uuid:a\",\"resource\":{\"resourceType\":\"Patient\","
      "\"identifier\":[{\"value\":\"X\"},{\"type\":{\"coding\":[{\"code\":"
      "\"MR\"}]},\"value\":\"M1\"}],\"name\":[{\"family\":\"Doe\"}]}},"
      "{\"fullUrl\":\"urn:uuid:b\",\"resource\":{\"resourceType\":\"Patient\","
      "\"id\":\"b\",\"name\":[{\"given\":[\"Ann\",\"B\"]}]}},"
      "{\"resource\":{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":"
      "\"Roe\"}]}}]}");
  ASSERT_TRUE(fields.ok());
  EXPECT_THAT(fields->subjects, ElementsAre("M1", "b"));
  ASSERT_EQ(fields->persons.size(), 3u);
  EXPECT_EQ(fields->persons[0].family, "Doe");
  EXPECT_EQ(fields->persons[1].given, "Ann");
  EXPECT_EQ(fields->persons[1].middle, "B");
  EXPECT_EQ(fields->persons[2].family, "Roe");
  for (const Field& f : fields->fields) {
    if (f.path == "Observation.valueString") {
      EXPECT_EQ(f.subject, 1);
    }
    if (f.path == "Patient.name.given") {
      EXPECT_EQ(f.person, 1);
    }
    if (f.path == "Patient.identifier.value") {
      EXPECT_EQ(f.subject, 0);
    }
  }
  // Alone, a patient has the id that other files' references have.
  const auto alone = Reader()->Fields(
      "{\"resourceType\":\"Patient\",\"id\":\"p\",\"identifier\":"
      "[{\"value\":\"X\"}]}");
  ASSERT_TRUE(alone.ok());
  EXPECT_THAT(alone->subjects, ElementsAre("p"));
}

TEST(FhirFields, KnowWhatTheRecordSaysOfItsPeople) {
  const auto fields = Reader()->Fields(
      "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Doe\"}],"
      "\"birthDate\":\"1980-01-31\",\"nickname\":\"x 1\","
      "\"maritalStatus\":{\"coding\":[{\"system\":\"http://loinc.org\","
      "\"display\":\"Doe\"}]}}");
  ASSERT_TRUE(fields.ok());
  std::vector<std::string> known;
  for (const KnownValue& k : fields->known) known.push_back(k.value);
  EXPECT_THAT(known, testing::IsSupersetOf({"Doe", "01/31/1980"}));
  EXPECT_EQ(fields->fields.back().path, "Patient.maritalStatus.coding.display");
}

TEST(FhirFields, RefuseWhatIsNoResource) {
  const auto reader = Reader();
  for (const std::string_view bad :
       {"{}", "[]", "{\"resourceType\":1}", "{\"a\":{\"resourceType\":\"X\"}}",
        "{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}"}) {
    const auto fields = reader->Fields(bad);
    EXPECT_EQ(fields.status().code(), absl::StatusCode::kDataLoss) << bad;
  }
  for (const std::string_view xml : {"<Patient/>", "\xEF\xBB\xBF\n<?xml"}) {
    EXPECT_EQ(reader->Open(xml, true).status().code(),
              absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(reader->Split(xml).status().message()),
                HasSubstr("FHIR XML isn't read"));
  }
}

struct Uri {
  std::string_view uri;
  std::vector<std::string_view> parts;
};

TEST(FhirUris, GiveTheirIdentifyingParts) {
  using fhir::UriPart;
  const std::vector<Uri> cases = {
      {"", {}},
      {"#", {}},
      {"#a", {"id a"}},
      {"Patient", {}},
      {"Patient/1", {"id 1"}},
      {"Patient/1/_history/12", {"id 1"}},
      {"Patient/1/_history/12345678", {"id 1", "id 12345678"}},
      {"Patient/1#c", {"id 1", "id c"}},
      {"Patient/1/$everything", {"id 1", "text /$everything"}},
      {"Patient/_search", {"text _search"}},
      {"x/y/Patient/1", {"text x/y/", "id 1"}},
      {"http://h.org/Patient/1", {"address h.org", "id 1"}},
      {"http://h.org/a/b", {"address h.org/a/b"}},
      {"http://loinc.org", {}},
      {"http://hl7.org/fhir/sid/us-npi|1", {}},
      {"http://hl7.org/fhir/John?x=1", {"address hl7.org/fhir/John", "id 1"}},
      {"http://loinc.organic.com/", {"address loinc.organic.com/"}},
      {"https://h.org/ValueSet/vs-1|2.0", {"address h.org"}},
      {"StructureDefinition/us-core", {}},
      {"urn:uuid:ab-1", {"id ab-1"}},
      {"urn:oid:2.16.840.1.113883.6.238", {}},
      {"urn:oid:1.2.3.4", {"id 1.2.3.4"}},
      {"urn:isbn:12", {"text urn:isbn:12"}},
      {"mailto:j@x.org", {"text mailto:j@x.org"}},
      {"Patient?_id=1&subject=Patient/2&x&name=Roe&_sort=date",
       {"id 1", "id 2", "text x", "id Roe", "text date"}},
  };
  for (const Uri& c : cases) {
    std::vector<std::string> got;
    for (const UriPart& p : fhir::PartsOf(c.uri)) {
      const char* kinds[] = {"id ", "address ", "identifier ", "text "};
      got.push_back(kinds[static_cast<int>(p.kind)] +
                    std::string(c.uri.substr(p.begin, p.end - p.begin)));
    }
    EXPECT_THAT(got, testing::ElementsAreArray(c.parts)) << c.uri;
  }
}

TEST(FhirSiteRules, TakeTheirPlaces) {
  const std::string_view record =
      "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":"
      "\"Doe\","
      "\"period\":{\"start\":\"2020\"}}],\"address\":[{\"country\":\"US\","
      "\"state\":\"MA\"}],\"maritalStatus\":{\"text\":\"single\"},"
      "\"extension\":[{\"url\":\"http://u/1\",\"valueString\":\"one\"},"
      "{\"url\":\"http://u/2\",\"valueString\":\"two\"}]}";
  struct Rule {
    std::string_view place;
    std::string_view line;  // that the rule, dropping, gives
  };
  const std::vector<Rule> rules = {
      {"Patient.name.family", "Patient.name.family slot ID empty Doe"},
      {"Patient.maritalStatus", "Patient.maritalStatus slot ID empty single"},
      {"Patient.maritalStatus.text",
       "Patient.maritalStatus.text slot ID empty single"},
      {"Resource.id", "Patient.id slot ID empty p"},
      {"nodesByType('HumanName').family",
       "Patient.name.family slot ID empty Doe"},
      {"HumanName.period", "Patient.name.period slot ID empty 2020"},
      {"nodesByType('dateTime')",
       "Patient.name.period.start slot ID empty 2020"},
      {"(nodesByType('Address')).country",
       "Patient.address.country slot ID empty US"},
      {"nodesByName('state')", "Patient.address.state slot ID empty MA"},
      {"Patient.extension('http://u/2')",
       "Patient.extension slot ID empty two"},
      {"Patient.extension('http://u/2').value",
       "Patient.extension.valueString slot ID empty two"},
  };
  for (const Rule& rule : rules) {
    const auto reader =
        Reader({{std::string(rule.place), SiteRule::As::kDrop, PhiType::kId}});
    EXPECT_THAT(Lines(*reader, record),
                testing::Contains(std::string(rule.line)))
        << rule.place;
  }
  EXPECT_THAT(
      Lines(
          *Reader({{"Patient.name.family", SiteRule::As::kKeep, PhiType::kId}}),
          record),
      testing::Not(testing::Contains(HasSubstr("Doe"))));
  EXPECT_THAT(Lines(*Reader({{"Patient.maritalStatus", SiteRule::As::kSlot,
                              PhiType::kEmployer}}),
                    record),
              testing::Contains("Patient.maritalStatus slot EMPLOYER single"));
}

TEST(FhirSiteRules, AreRefusedWhenTheyAreNoPlace) {
  for (const std::string_view bad :
       {"", "Patiant.name", "Patient.nane", "Patient.name[0]",
        "Patient.name.where(use='official')", "Patient.name | Patient.id",
        "nodesByType('Foo')", "nodesByType(Foo)", "nodesByName('')",
        "Patient.name('x')", "Patient..id", "Patient."}) {
    const std::vector<SiteRule> rules = {
        {std::string(bad), SiteRule::As::kKeep, PhiType::kId}};
    const auto reader = NewFhirFormat(rules);
    EXPECT_EQ(reader.status().code(), absl::StatusCode::kInvalidArgument)
        << bad;
    EXPECT_THAT(std::string(reader.status().message()),
                HasSubstr(std::string(bad)));
  }
}

TEST(FhirSniff, TellsFhirFromOtherJson) {
  for (const std::string_view yes : {"{\"resourceType\":\"Patient\"",
                                     "\xEF\xBB\xBF {\n \"id\": \"x\",\n"
                                     " \"resourceType\" : \"Bundle\""}) {
    EXPECT_TRUE(fhir::LooksLikeFhir(yes)) << yes;
  }
  for (const std::string_view no :
       {"", "{", "{\"resourceType\"", "{\"resourceType\":\"Car\"}",
        "[{\"resourceType\":\"Patient\"}]", "{\"a\":1}"}) {
    EXPECT_FALSE(fhir::LooksLikeFhir(no)) << no;
  }
}

}  // namespace
}  // namespace phiwire
