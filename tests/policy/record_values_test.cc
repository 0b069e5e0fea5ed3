// SPDX-License-Identifier: Apache-2.0
//
// A short text is held against what its record knows by the first words of the
// values: whatever form they come in, none may be passed over.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "phiwire/types.h"
#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

struct Row {
  std::string_view city;  // of the patient
  std::string_view text;
  std::string_view word;  // that must go
};

// Escapes are undone (rules/value_words.h), so that a value's first word need
// not be where its first letter stands.
constexpr Row kRows[] = {
    {"Quix\xC3\xB6tly", "plain Quix\xC3\xB6tly panel", "tly"},
    {"Quixotly", "plain QUIXOTLY panel", "TLY"},
    {"Quixotly", "plain Quix\xC3\xB3tly panel", "tly"},
    {"\xC3\x89xotly", "plain exotly panel", "xotly"},
    {"(Quix\xC3\xB6tly)", "plain Quix\xC3\xB6tly panel", "tly"},
    {"&quot;Quix\xC3\xB6tly&quot;", "plain Quix\xC3\xB6tly panel", "tly"},
    {"&nbsp;Quix\xC3\xB6tly", "plain Quix\xC3\xB6tly panel", "tly"},
    {"&amp;quot;Quix\xC3\xB6tly&amp;quot;", "plain Quix\xC3\xB6tly panel",
     "tly"},
    {"Qu&apos;ixotly", "plain Qu'ixotly panel", "otly"},
    {"Qu&apos;ixotly", "plain Qu&apos;ixotly panel", "otly"},
    {"&quot;Quixotly&quot;", "plain Quixotly panel", "otly"},
    {"Qu&#39;ixotly", "plain Qu'ixotly panel", "otly"},
    {"&#81;&#117;&#105;&#120;&#111;&#116;ly", "plain Quixotly panel", "otly"},
    {"%20Quixotly", "plain Quixotly panel", "otly"},
    {"Quixotly", "plain %20Quixotly panel", "otly"},
    {"Quix\xC3\xB6tly", "plain %20Quix\xC3\xB6tly panel", "tly"},
    {"&#81;uix\xC3\xB6tly", "plain Quix\xC3\xB6tly panel", "tly"},
};

class RecordValuesOf : public SafeHarborFixture<testing::TestWithParam<Row>> {};
class RecordValuesOfMany : public SafeHarborFixture<testing::Test> {};

// No text before the row's has a digit, by which the values would be put
// together at once.
std::string Hl7(const Row& row) {
  std::string city;
  for (const char c : row.city) {
    if (c == '&') {
      city += "\\T\\";
    } else {
      city += c;
    }
  }
  return "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r"
         "PID|1||||Zebulon||||||^^" +
         city + "\rOBX|1|ST|XA^Z||" + std::string(row.text) + "\r";
}

std::string Fhir(const Row& row) {
  return R"({"resourceType":"Patient","address":[{"city":")" +
         std::string(row.city) +
         R"("}],"extension":[{"url":"urn:x","valueString":")" +
         std::string(row.text) + "\"}]}\n";
}

TEST_P(RecordValuesOf, AKnownValueIsFoundInAShortText) {
  for (const auto& [file, format] : {std::pair(Hl7(GetParam()), Format::kHl7),
                                     {Fhir(GetParam()), Format::kFhir}}) {
    const std::string out = FileText(file, format);
    EXPECT_NE(out.find("plain"), std::string::npos) << out;
    EXPECT_EQ(out.find(GetParam().word), std::string::npos) << out;
  }
}

// More short texts, each another, than the values are asked for one by one.
TEST_F(RecordValuesOfMany, AreFoundInTheLastShortText) {
  std::string file = Hl7({"Quixotly", "plain first panel", "tly"});
  for (int i = 0; i < 100; ++i) {
    const char letters[] = {static_cast<char>('a' + i % 26),
                            static_cast<char>('a' + i / 26), '\0'};
    file += "OBX|" + std::to_string(i + 2) + "|ST|XA^Z||plain word" + letters +
            " panel\r";
  }
  const std::string out =
      FileText(file + "OBX|102|ST|XA^Z||plain Quixotly panel\r", Format::kHl7);
  EXPECT_NE(out.find("102|ST|XA^Z||plain "), std::string::npos) << out;
  EXPECT_EQ(out.find("Quixotly"), std::string::npos) << out;
}

// More values, each to be folded, than are looked at one by one.
TEST_F(RecordValuesOfMany, AreFoundWhenTheyAreMany) {
  std::string cities;
  for (int i = 0; i < 1'100; ++i) {
    const char letters[] = {static_cast<char>('a' + i % 26),
                            static_cast<char>('a' + i / 26 % 26),
                            static_cast<char>('a' + i / 676), '\0'};
    cities += std::string(R"({"city":"\u00f6quix)") + letters + "\"},";
  }
  cities.pop_back();
  const std::string out = FileText(
      R"({"resourceType":"Patient","address":[)" + cities +
          R"(],"extension":[{"url":"urn:x","valueString":"plain panel"},)"
          R"({"url":"urn:x","valueString":"an \u00f6quixhqb panel"}]})"
          "\n",
      Format::kFhir);
  EXPECT_NE(out.find("plain panel"), std::string::npos) << out;
  EXPECT_EQ(out.find("hqb"), std::string::npos) << out;
}

INSTANTIATE_TEST_SUITE_P(Rows, RecordValuesOf, testing::ValuesIn(kRows));

}  // namespace
}  // namespace phiwire
