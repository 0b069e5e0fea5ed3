// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <algorithm>

#include "formats/hl7v2/field_path.h"
#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/known_values.h"
#include "formats/hl7v2/values.h"

namespace phiwire::hl7v2 {
namespace {

TEST(Hl7Values, TellsDatesByShape) {
  for (const char* yes :
       {"19800101", "20240229", "202401020304", "20240102030405",
        "20240102030405.1234", "20240102030405-0500", "202401020304+0100",
        "20240102-0500"}) {
    EXPECT_TRUE(IsDateShaped(yes)) << yes;
  }
  for (const char* no :
       {"", "1980", "198001", "19801301", "19800230", "20230229", "17991231",
        "1980010", "1980010112", "198001012561", "198001011261", "19800101x",
        "19800101-05", "20240102030405.", "2175550143", "1980-01-01"}) {
    EXPECT_FALSE(IsDateShaped(no)) << no;
  }
}

TEST(Hl7Values, TellsPlainCodes) {
  for (const char* yes :
       {"M", "I10", "2345-7", "N", "70 - 110", "1/2", "X10*9"}) {
    EXPECT_TRUE(IsPlainCode(yes, 20)) << yes;
  }
  for (const char* no : {"Doe", "JOHN DOE", "5550143", "12/10/95",
                         "ABCDEFGHIJKLMNOPQRSTU", "R\xC3\x89NE"}) {
    EXPECT_FALSE(IsPlainCode(no, 20)) << no;
  }
}

TEST(Hl7Values, TellsLocalCodesAndSystems) {
  for (const char* yes : {"tt-0003-01", "us-0003", "7004050", "pg", "umol/l",
                          "mg/dL", "/hpf", "g"}) {
    EXPECT_TRUE(IsLocalCode(yes)) << yes;
  }
  for (const char* no : {"Doe", "JANE", "roe jane", "123456789", "19800101",
                         "12/10/95", "smith", "tt-0003-01-tt-0003-01"}) {
    EXPECT_FALSE(IsLocalCode(no)) << no;
  }
  for (const char* yes : {"WinPath", "visitid", "SNM3", "LOCAL_2.1"}) {
    EXPECT_TRUE(IsSystemName(yes)) << yes;
  }
  for (const char* no : {"Simulated Hospital", "4711223", "x@y"}) {
    EXPECT_FALSE(IsSystemName(no)) << no;
  }
  for (const char* yes : {"62704", "62704-0143", "627040143"}) {
    EXPECT_TRUE(IsZipShaped(yes)) << yes;
  }
  for (const char* no : {"", "2106-3", "6270", "62704-", "IL", "62704-01x3"}) {
    EXPECT_FALSE(IsZipShaped(no)) << no;
  }
}

TEST(Hl7Values, TellsRanges) {
  for (const char* yes : {"1-15", "[ 80 - 98 ]", "4000-6100", "<= 0.21"}) {
    EXPECT_TRUE(IsRange(yes)) << yes;
  }
  for (const char* no : {"12-10-1995", "217-555-0143", "1/2/95", "1-15 Doe"}) {
    EXPECT_FALSE(IsRange(no)) << no;
  }
}

TEST(Hl7Values, TellsBinaryText) {
  const std::string base64(80, 'Q');
  EXPECT_TRUE(IsBinaryText(base64 + "1a=="));
  EXPECT_FALSE(IsBinaryText("JVBERi0xLjQ="));
  EXPECT_FALSE(IsBinaryText(base64 + " 1a"));
}

TEST(Hl7Table, FallsBackToThePartsItKnows) {
  // PID-5.1 of any version, with or without subcomponents.
  for (const int sub : {1, 2, 5}) {
    const FoundRule found = FindRule(LeavesOf("PID", 5), 1, sub);
    ASSERT_NE(found.rule, nullptr);
    EXPECT_EQ(found.rule->type, PhiType::kName);
    EXPECT_TRUE(found.exact);
  }
  EXPECT_FALSE(FindRule(LeavesOf("PID", 5), 1, 9).exact);
  // An ST in some versions and an XPN in others.
  EXPECT_EQ(FindRule(LeavesOf("PID", 6), 7, 1).rule, nullptr);
  EXPECT_TRUE(LeavesOf("PID", 8).size() > 0);
  EXPECT_TRUE(LeavesOf("PID", 1).empty());
  EXPECT_TRUE(LeavesOf("ZZZ", 5).empty());
  EXPECT_TRUE(IsCovered("PID"));
  EXPECT_FALSE(IsCovered("AL1"));
  EXPECT_FALSE(IsCovered("ZPD"));
}

TEST(Hl7Table, KnowsTheTypesOfObservations) {
  for (const char* type : {"XPN", "XCN", "XAD", "XTN", "CX", "EI", "XON", "PL",
                           "PN", "CN", "TN", "AD", "CK"}) {
    EXPECT_FALSE(LeavesOfType(type).empty()) << type;
  }
  EXPECT_TRUE(LeavesOfType("TX").empty());
}

TEST(Hl7FieldPath, ParsesQueryNames) {
  const auto path = ParseFieldPath("@PID.11.3.2");
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->segment, "PID");
  EXPECT_EQ(path->field, 11);
  EXPECT_EQ(path->component, 3);
  EXPECT_EQ(path->subcomponent, 2);
  EXPECT_EQ(ParseFieldPath("@PID.5")->component, 1);
  for (const char* bad :
       {"", "@", "@PID", "@PID.", "@PID.x", "PID.5", "@PID.5.", "@PID.5.1.1.1",
        "@PID.5 1", "@PID.99999999999"}) {
    EXPECT_FALSE(ParseFieldPath(bad).has_value()) << bad;
  }
}

std::vector<std::string> ValuesOf(KnownValues& known) {
  std::vector<std::string> out;
  for (const KnownValue& k : known.Take()) out.push_back(k.value);
  return out;
}

bool Has(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

TEST(Hl7KnownValues, WritesDatesAsNotesDo) {
  const auto forms = WrittenDates("19800102");
  for (const char* form :
       {"01/02/1980", "1/2/1980", "01/02/80", "1/2/80", "1-2-1980",
        "1980-01-02", "19800102", "02.01.1980", "January 2, 1980",
        "Jan 2, 1980", "2 January 1980", "02-Jan-1980"}) {
    EXPECT_TRUE(Has(forms, form)) << form;
  }
  EXPECT_TRUE(WrittenDates("1980").empty());
  EXPECT_TRUE(WrittenDates("19801345").empty());
}

TEST(Hl7KnownValues, TakesNamesByPartAndNoStopWords) {
  KnownValues known;
  const auto add = [&](std::string_view value) {
    known.Add("PID", PhiType::kName, SlotGrammar::kName, value);
  };
  add("VAN DER BERG");
  add("O'NEIL-SMITH");
  add("J");
  add("UNKNOWN");
  add("Li");
  EXPECT_TRUE(known.IsRepeatedIn("ward berg"));
  EXPECT_FALSE(known.IsRepeatedIn("li"));
  EXPECT_FALSE(known.IsRepeatedIn("bergen"));
  const auto values = ValuesOf(known);
  const std::vector<std::string> expected = {
      "BERG", "Li", "O'NEIL", "O'NEIL-SMITH", "SMITH", "VAN DER BERG"};
  EXPECT_EQ(values, expected);
}

TEST(Hl7KnownValues, WritesNumbersInTheirUsualForms) {
  KnownValues known;
  known.Add("PID", PhiType::kSsn, SlotGrammar::kIdentifier, "123456789");
  known.Add("PID", PhiType::kPhone, SlotGrammar::kIdentifier,
            "+1 (217) 555-0143");
  known.Add("PID", PhiType::kMedicalRecord, SlotGrammar::kIdentifier, "12");
  known.Add("PID", PhiType::kMedicalRecord, SlotGrammar::kIdentifier, "MR");
  known.Add("OBX", PhiType::kId, SlotGrammar::kIdentifier, "998877");
  known.Add("ORC", PhiType::kId, SlotGrammar::kIdentifier, "A12345");
  const auto values = ValuesOf(known);
  for (const char* form :
       {"123-45-6789", "123456789", "217-555-0143", "(217) 555-0143",
        "217.555.0143", "555-0143", "2175550143", "A12345"}) {
    EXPECT_TRUE(Has(values, form)) << form;
  }
  for (const char* none : {"12", "MR", "998877"}) {
    EXPECT_FALSE(Has(values, none)) << none;
  }
}

TEST(Hl7KnownValues, LeavesOutOneWordFacilities) {
  KnownValues known;
  const auto add = [&](PhiType type, std::string_view value) {
    known.Add("PV1", type, SlotGrammar::kName, value);
  };
  add(PhiType::kFacility, "MAIN");
  add(PhiType::kFacility, "North Clinic");
  add(PhiType::kCity, "Springfield");
  add(PhiType::kStreet, "12 Elm St");
  const std::vector<std::string> expected = {"12 Elm St", "North Clinic",
                                             "Springfield"};
  EXPECT_EQ(ValuesOf(known), expected);
}

}  // namespace
}  // namespace phiwire::hl7v2
