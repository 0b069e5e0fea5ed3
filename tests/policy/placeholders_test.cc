// SPDX-License-Identifier: Apache-2.0

#include "policy/placeholders.h"

#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

struct Row {
  std::string_view text;
  std::string_view finding;  // the first place where it stands
  std::string_view left;     // "" when nothing is
};

constexpr Row kRows[] = {
    {"seen by [NAME] today", "NAME", ""},
    {"seen by [NAME] today", "[NAME]", ""},
    {"seen by [NAME] today", "[NAME", ""},
    {"[NAME_12] came", "NAME_12", ""},
    {"[NAME] [NAME] came", "NAME] [NAME", ""},
    {"[NAME] Smith came", "NAME] Smith", "Smith"},
    {"John [NAME] came", "John [NAME", "John"},
    {"John [NAME] Smith came", "John [NAME] Smith", "John [NAME] Smith"},
    {"seen by [John] today", "John", "John"},
    {"seen by [NAMES] today", "NAMES", "NAMES"},
    {"seen by [NAME_x] today", "NAME_x", "NAME_x"},
    {"seen by [NAME", "NAME", "NAME"},
    {"[DATE], 3 May", "3 May", "3 May"},
};

TEST(Placeholders, AreNobodysData) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(std::string(row.text));
    std::vector<Finding> findings(1);
    findings[0].begin = row.text.find(row.finding);
    findings[0].end = findings[0].begin + row.finding.size();
    LeaveOutPlaceholders(row.text, &findings);
    std::string_view left;
    if (!findings.empty()) {
      left = row.text.substr(findings[0].begin,
                             findings[0].end - findings[0].begin);
    }
    EXPECT_EQ(left, row.left);
  }
}

TEST(Placeholders, AreNoKnownValues) {
  std::vector<KnownValue> known = {{"[NAME]", PhiType::kName},
                                   {"NAME", PhiType::kName},
                                   {"STREET", PhiType::kName},
                                   {"[NAME", PhiType::kName},
                                   {"Doe", PhiType::kName}};
  LeaveOutPlaceholders("PID|1||7||[NAME]^[NAME]\rNK1|1|STREET", &known);
  ASSERT_EQ(known.size(), 3u);
  EXPECT_EQ(known[0].value, "STREET");  // there is no [STREET] in the record
  EXPECT_EQ(known[1].value, "[NAME");
  EXPECT_EQ(known[2].value, "Doe");
}

TEST(Placeholders, ManyTakeNoMoreThanOneLookEach) {
  std::string text;
  std::vector<Finding> findings;
  for (int i = 0; i < 100000; ++i) {
    findings.emplace_back();
    findings.back().begin = text.size();
    text += "[NAME] x ";
    findings.back().end = text.size();
  }
  LeaveOutPlaceholders(text, &findings);
  EXPECT_EQ(findings.size(), 100000u);
  EXPECT_EQ(findings[7].end - findings[7].begin, 2u);
}

}  // namespace
}  // namespace phiwire
