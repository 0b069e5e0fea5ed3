// SPDX-License-Identifier: Apache-2.0
//
// Which fields a document falls into: every case of ccda/fields.cases, line by
// line; and what site rules change.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/strings.h"
#include "tests/formats/ccda_test_support.h"

namespace phiwire {
namespace {

using ccda_test::Case;

bool IsExtra(std::string_view line) {
  return line.starts_with("subject ") || line.starts_with("person ") ||
         line.starts_with("known ");
}

std::vector<std::string> ExtrasOf(const RecordFields& fields) {
  std::vector<std::string> lines;
  for (const std::string& subject : fields.subjects) {
    lines.push_back("subject " + subject);
  }
  for (const PersonName& person : fields.persons) {
    lines.push_back("person " + person.family + "|" + person.given + "|" +
                    person.middle);
  }
  for (const KnownValue& known : fields.known) {
    lines.push_back("known " + std::string(TypeName(known.type)) + " " +
                    known.value);
  }
  return lines;
}

std::vector<std::string> LinesOf(std::string_view document,
                                 const RecordFields& fields) {
  std::vector<std::string> lines;
  for (const Field& field : fields.fields) {
    lines.push_back(ccda_test::LineOf(document, field));
  }
  return lines;
}

TEST(CcdaFields, AreAsTheCasesSay) {
  const auto reader = ccda_test::Reader();
  const std::vector<Case> cases = ccda_test::OwnCases();
  ASSERT_GT(cases.size(), 10u);
  for (const Case& c : cases) {
    const auto fields = reader->Fields(c.document);
    ASSERT_TRUE(fields.ok()) << c.name << ": " << fields.status().message();
    std::vector<std::string> expected;
    for (const std::string& line : c.expectations) {
      if (!IsExtra(line)) expected.push_back(line);
    }
    EXPECT_EQ(LinesOf(c.document, *fields), expected) << c.name;
    const std::vector<std::string> extras = ExtrasOf(*fields);
    for (const std::string& line : c.expectations) {
      if (IsExtra(line)) {
        EXPECT_THAT(extras, testing::Contains(line)) << c.name;
      }
    }
  }
}

std::vector<std::string> UnderRules(std::vector<SiteRule> rules,
                                    std::string_view document) {
  const auto reader = NewCcdaFormat(rules);
  if (!reader.ok()) return {std::string(ToStd(reader.status().message()))};
  const auto fields = (*reader)->Fields(document);
  if (!fields.ok()) return {std::string(ToStd(fields.status().message()))};
  return LinesOf(document, *fields);
}

constexpr std::string_view kPatientDocument =
    "<ClinicalDocument xmlns:v='urn:hl7-org:v3'><v:recordTarget>"
    "<v:patientRole><v:id extension='77' root='1.2.3'/><v:patient><v:name>"
    "<v:given>Eve</v:given></v:name></v:patient></v:patientRole>"
    "</v:recordTarget><zzz own='A7'>Q9</zzz></ClinicalDocument>";

TEST(CcdaSiteRules, ComeBeforeTheTable) {
  using As = SiteRule::As;
  struct {
    SiteRule rule;
    std::string line;  // "" for none of the path
    std::string path;
  } const rows[] = {
      {{"//patientRole/id/@extension", As::kSlot, PhiType::kAccount},
       "ACCOUNT /ClinicalDocument/recordTarget/patientRole/id/@extension = 77",
       "id/@extension"},
      {{"/ClinicalDocument/recordTarget/patientRole/id/@extension", As::kText,
        PhiType::kId},
       "text /ClinicalDocument/recordTarget/patientRole/id/@extension = 77",
       "id/@extension"},
      {{"//v3:id/@root", As::kKeep, PhiType::kId}, "", "id/@root"},
      {{"//patient", As::kDrop, PhiType::kId},
       "ID empty /ClinicalDocument/recordTarget/patientRole/patient/name/given"
       " = Eve",
       "name/given"},
      {{"/ClinicalDocument/*/@own", As::kSlot, PhiType::kMedicalRecord},
       "MEDICALRECORD /ClinicalDocument/zzz/@own = A7",
       "zzz/@own"},
      {{"//@own", As::kDrop, PhiType::kId},
       "ID empty /ClinicalDocument/zzz/@own = A7",
       "zzz/@own"},
      {{"//zzz", As::kSlot, PhiType::kDate},
       "DATE written /ClinicalDocument/zzz = Q9",
       "/zzz "},
      {{"/zzz", As::kDrop, PhiType::kId},
       "text /ClinicalDocument/zzz = Q9",
       "/zzz "},
  };
  for (const auto& row : rows) {
    std::string found;
    for (const std::string& line : UnderRules({row.rule}, kPatientDocument)) {
      if (line.find(row.path) != std::string::npos) found = line;
    }
    EXPECT_EQ(found, row.line) << row.rule.place;
  }
}

TEST(CcdaSiteRules, NameThePlaceThatIsNone) {
  for (const std::string place : {"PID-5", "", "/", "//", "/a//", "/a/@", "@a",
                                  "/a[1]", "/@a", "a/b", "/a/@b/c"}) {
    const auto reader = NewCcdaFormat(
        std::vector<SiteRule>{{place, SiteRule::As::kDrop, PhiType::kId}});
    ASSERT_FALSE(reader.ok()) << place;
    EXPECT_TRUE(absl::IsInvalidArgument(reader.status()));
    EXPECT_NE(ToStd(reader.status().message()).find(place),
              std::string_view::npos);
  }
}

TEST(CcdaSiteRules, KeptPlacesThatRepeatANameAreScanned) {
  const std::string document =
      "<ClinicalDocument><recordTarget><patientRole><patient><name><family>"
      "Smithson</family></name></patient></patientRole></recordTarget>"
      "<zzz>smithson</zzz></ClinicalDocument>";
  const auto lines =
      UnderRules({{"//zzz", SiteRule::As::kKeep, PhiType::kId}}, document);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1], "text /ClinicalDocument/zzz = smithson");
}

}  // namespace
}  // namespace phiwire
