// SPDX-License-Identifier: Apache-2.0

#include "policy/anonymizer_set.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace phiwire {
namespace {

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

std::string Applied(const AnonymizerSet& set, PhiType type,
                    std::string_view surface,
                    SlotGrammar grammar = SlotGrammar::kFreeText) {
  Session session;
  const auto out = set.For(type).Apply({type, grammar, surface}, session);
  EXPECT_TRUE(out.ok());
  return out.ok() ? *out : "";
}

std::string WriteKey() {
  const std::string path =
      testing::TempDir() + std::to_string(::getpid()) + "phiwire_set_test.key";
  std::ofstream(path) << std::string(32, 'K');
  ::chmod(path.c_str(), 0600);
  return path;
}

TEST(AnonymizerSet, SafeHarborReplacesEveryTypeWithoutAKey) {
  const auto set = AnonymizerSet::Build(Policy::SafeHarbor());
  ASSERT_TRUE(set.ok());
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    std::string expected = "[";
    expected.append(TypeName(type)).append("]");
    EXPECT_EQ(Applied(*set, type, "x"), expected);
  }
}

TEST(AnonymizerSet, EachTypeGetsItsOwnAndSurvivesAMove) {
  Policy policy = Policy::SafeHarbor();
  policy.key_file = WriteKey();
  policy[PhiType::kMedicalRecord] = {true, "hash", {{"length", "20"}}, {}};
  policy[PhiType::kSsn] = {true, "mask", {{"keep_last", "4"}}, {}};
  policy[PhiType::kFacility].anonymizer = "keep";
  policy[PhiType::kUrl].anonymizer = "redact";
  auto built = AnonymizerSet::Build(policy);
  std::remove(policy.key_file.c_str());
  ASSERT_TRUE(built.ok()) << Message(built.status());
  const AnonymizerSet set = *std::move(built);
  const std::string token = Applied(set, PhiType::kMedicalRecord, "MR-1");
  EXPECT_EQ(token.size(), 20u);
  EXPECT_EQ(
      Applied(set, PhiType::kMedicalRecord, "mr-1", SlotGrammar::kIdentifier),
      token);
  EXPECT_EQ(Applied(set, PhiType::kSsn, "123-45-6789"), "***-**-6789");
  EXPECT_EQ(Applied(set, PhiType::kFacility, "St. Elsewhere"), "St. Elsewhere");
  EXPECT_EQ(Applied(set, PhiType::kUrl, "http://x"), "");
  EXPECT_EQ(Applied(set, PhiType::kName, "x"), "[NAME]");
}

TEST(AnonymizerSet, AgesCountToTheReferenceYear) {
  const auto set =
      AnonymizerSet::Build(Policy::SafeHarbor(), SlotOptions{2000});
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(Applied(*set, PhiType::kDate, "19110101", SlotGrammar::kHl7Date),
            "1911");
  EXPECT_EQ(Applied(*set, PhiType::kDate, "19100101", SlotGrammar::kHl7Date),
            "");
}

TEST(AnonymizerSet, RefusesWithPolicyAndType) {
  Policy policy = Policy::SafeHarbor();
  policy.name = "site";
  policy[PhiType::kDate].anonymizer = "hash";
  EXPECT_EQ(Message(AnonymizerSet::Build(policy).status()),
            "policy site: type DATE: anonymizer hash needs a key file, and the "
            "policy names none (key: FILE, made by phiwire keygen)");
  policy.key_file = "/no/such.key";
  const auto missing = AnonymizerSet::Build(policy);
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Message(missing.status()),
            "policy site: key file /no/such.key: missing");
  policy[PhiType::kDate].anonymizer = "hahs";
  EXPECT_EQ(Message(AnonymizerSet::Build(policy).status()),
            "policy site: type DATE: unknown anonymizer; known: "
            "date_shift, encrypt, fpe, generalize, hash, keep, mask, redact, "
            "replace, surrogate, token");
  policy[PhiType::kDate] = {true, "mask", {{"length", "8"}}, {}};
  EXPECT_EQ(Message(AnonymizerSet::Build(policy).status()),
            "policy site: type DATE: anonymizer mask: unknown setting "
            "\"length\"; known: char, keep_last");
}

TEST(AnonymizerSet, ATypeThatIsOffNeedsNoKey) {
  Policy policy = Policy::SafeHarbor();
  policy[PhiType::kDate] = {false, "hash", {{"length", "20"}}, {}};
  const auto set = AnonymizerSet::Build(policy);
  ASSERT_TRUE(set.ok()) << Message(set.status());
  EXPECT_EQ(Applied(*set, PhiType::kDate, "today"), "[DATE]");
}

}  // namespace
}  // namespace phiwire
