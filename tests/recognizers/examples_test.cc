// SPDX-License-Identifier: Apache-2.0
//
// The examples of every catalogue file, a test a type.

#include <string>

#include "gtest/gtest.h"
#include "tests/recognizers/fixture.h"

namespace phiwire {
namespace {

class CatalogueExamples : public testing::TestWithParam<std::size_t> {};

TEST_P(CatalogueExamples, Hold) {
  ExampleRunner* const runner = BuiltInRunner();
  ASSERT_NE(runner, nullptr);
  for (const ExampleFailure& f :
       runner->RunType(static_cast<PhiType>(GetParam()))) {
    ADD_FAILURE() << f.source << (f.positive ? ": " : ": (negative) ")
                  << f.what;
  }
}

INSTANTIATE_TEST_SUITE_P(Types, CatalogueExamples,
                         testing::Range(std::size_t{0}, kPhiTypeCount),
                         [](const testing::TestParamInfo<std::size_t>& type) {
                           return std::string(
                               TypeName(static_cast<PhiType>(type.param)));
                         });

TEST(ExampleRunner, ReportsAnExampleThatDoesNotHold) {
  ExampleRunner* const runner = BuiltInRunner();
  ASSERT_NE(runner, nullptr);
  EXPECT_EQ(runner->Run(PhiType::kSsn, {"nothing here", "here", "x:1"}).what,
            "no candidate of 0.5 or more covers the surface; none at all");
  EXPECT_FALSE(
      runner->Run(PhiType::kSsn, {"SSN 212-09-9999", "", "x:2"}).what.empty());
}

}  // namespace
}  // namespace phiwire
