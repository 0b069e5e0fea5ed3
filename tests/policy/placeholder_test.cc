// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "phiwire/deidentifier.h"
#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

class Placeholder : public SafeHarborTest {};

TEST_F(Placeholder, AnEarlierRunsOutputIsLeftAsItIs) {
  std::string text = "Lives at";
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    text += " [" + std::string(TypeName(static_cast<PhiType>(t))) + "], MRN:";
  }
  const auto out = deid_->Text(text);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->text, text);
}

TEST_F(Placeholder, TheWordsThemselvesAreNone) {
  const auto out = deid_->Text("Patient name: [John Doe] DOB: [03/14/1951]");
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->text, "Patient name: [[NAME]] DOB: [[DATE]]");
}

}  // namespace
}  // namespace phiwire
