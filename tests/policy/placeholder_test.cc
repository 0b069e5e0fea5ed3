// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "phiwire/deidentifier.h"

namespace phiwire {
namespace {

TEST(Placeholder, AnEarlierRunsOutputIsLeftAsItIs) {
  const auto deid =
      Deidentifier::Create(Policy::SafeHarbor(), {PHIWIRE_TEST_DATA_DIR, ""});
  ASSERT_TRUE(deid.ok()) << deid.status();
  std::string text = "Lives at";
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    text += " [" + std::string(TypeName(static_cast<PhiType>(t))) + "], MRN:";
  }
  const auto out = deid->Text(text);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->text, text);
}

TEST(Placeholder, TheWordsThemselvesAreNone) {
  const auto deid =
      Deidentifier::Create(Policy::SafeHarbor(), {PHIWIRE_TEST_DATA_DIR, ""});
  ASSERT_TRUE(deid.ok()) << deid.status();
  const auto out = deid->Text("Patient name: [John Doe] DOB: [03/14/1951]");
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->text, "Patient name: [[NAME]] DOB: [[DATE]]");
}

}  // namespace
}  // namespace phiwire
