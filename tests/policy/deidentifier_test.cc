// SPDX-License-Identifier: Apache-2.0

#include "phiwire/deidentifier.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

namespace phiwire {
namespace {

absl::StatusOr<Deidentifier> Make(const Policy& policy) {
  return Deidentifier::Create(policy, {PHIWIRE_TEST_DATA_DIR, ""});
}

std::string Clean(const Policy& policy, std::string_view text) {
  const auto engine = Make(policy);
  EXPECT_TRUE(engine.ok()) << engine.status();
  if (!engine.ok()) return "";
  const auto out = engine->Text(text);
  EXPECT_TRUE(out.ok()) << out.status();
  return out.ok() ? out->text : "";
}

TEST(DeidentifierLists, DenyIsFoundAlwaysAndEverywhere) {
  Policy policy = Policy::SafeHarbor();
  policy.deny = {"cough", "FACILITY:west wing"};
  EXPECT_EQ(Clean(policy, "a cough in the West-Wing; coughs"),
            "a [ID] in the [FACILITY]; coughs");
  const auto engine = Make(policy);
  ASSERT_TRUE(engine.ok());
  const auto out = engine->File(
      "MSH|^~\\&|A|B|C|D|20200101||ORU^R01|1|P|2.5\r"
      "PID|1||998877||Quackenbush^Zebulon\r"
      "OBX|1|TX|1^n||cough, seen by ZEBULON in the west wing||||||F\r",
      Format::kHl7);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_NE(out->text.find("|[ID], seen by [NAME] in the [FACILITY]|"),
            std::string::npos)
      << out->text;
}

TEST(DeidentifierLists, AllowIsTheWholeSurface) {
  Policy policy = Policy::SafeHarbor();
  constexpr std::string_view kText = "Dr. Zebulon Quackenbush said so.";
  ASSERT_EQ(Clean(policy, kText), "Dr. [NAME] said so.");
  policy.allow = {"Zebulon", "zebulon quackenbush"};
  EXPECT_EQ(Clean(policy, kText), "Dr. [NAME] said so.");
  policy.allow = {"(?i)zebulon quackenbush"};
  EXPECT_EQ(Clean(policy, kText), kText);
  policy.allow = {"Zebulon Quackenbush"};
  EXPECT_EQ(Clean(policy, kText), kText);
}

class DeidentifierRoster : public testing::Test {
 protected:
  void SetUp() override {
    policy_.roster_file =
        testing::TempDir() + std::to_string(::getpid()) + "phiwire_roster.csv";
    std::ofstream(policy_.roster_file)
        << "name,mrn,dob,email\n"
           "\"Quackenbush, Zebulon\",MRN-0012345,1951-03-07,zeb@example.org\n";
  }
  void TearDown() override { std::remove(policy_.roster_file.c_str()); }
  Policy policy_ = Policy::SafeHarbor();
};

TEST_F(DeidentifierRoster, PatientsAreFoundInAnyForm) {
  EXPECT_EQ(Clean(policy_, "saw zebulon quackenbush and z. quackenbush"),
            "saw [NAME] and [NAME]");
  EXPECT_EQ(Clean(policy_, "zebulon quackenbusch has 12345 of them"),
            "[NAME] has [MEDICALRECORD] of them");
}

TEST_F(DeidentifierRoster, MatchesSayWhereTheyComeFrom) {
  const auto engine = Make(policy_);
  ASSERT_TRUE(engine.ok()) << engine.status();
  const auto findings = engine->Analyze("for quackenbush zebulon only");
  ASSERT_TRUE(findings.ok());
  ASSERT_EQ(findings->size(), 1u);
  EXPECT_EQ((*findings)[0].source, "known value");
  EXPECT_EQ((*findings)[0].score, 1.0);
}

TEST_F(DeidentifierRoster, ATypeThatIsOffStaysOff) {
  policy_[PhiType::kName].enabled = false;
  EXPECT_EQ(Clean(policy_, "for quackenbush zebulon only"),
            "for quackenbush zebulon only");
}

TEST_F(DeidentifierRoster, AMissingRosterIsAnError) {
  policy_.roster_file += ".gone";
  const auto engine = Make(policy_);
  ASSERT_FALSE(engine.ok());
  EXPECT_EQ(engine.status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace phiwire
