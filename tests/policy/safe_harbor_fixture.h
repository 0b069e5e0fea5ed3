// SPDX-License-Identifier: Apache-2.0
//
// The engine under the safe-harbor policy, made once a test suite, for the
// tests of this folder:
//
//   class EmbeddedEndToEnd : public SafeHarborTest {};
//   class RecordValuesOf : public SafeHarborFixture<TestWithParam<Row>> {};

#ifndef PHIWIRE_TESTS_POLICY_SAFE_HARBOR_FIXTURE_H_
#define PHIWIRE_TESTS_POLICY_SAFE_HARBOR_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "phiwire/deidentifier.h"

namespace phiwire {

// `Base`: testing::Test or a testing::TestWithParam<...>.
template <typename Base>
class SafeHarborFixture : public Base {
 protected:
  static void SetUpTestSuite() {
    auto made =
        Deidentifier::Create(Policy::SafeHarbor(), {PHIWIRE_TEST_DATA_DIR, ""});
    ASSERT_TRUE(made.ok()) << made.status();
    deid_ = std::make_unique<const Deidentifier>(*std::move(made));
  }
  static void TearDownTestSuite() { deid_.reset(); }

  // The output; "refused" for a file that is refused, or a record of it.
  static std::string FileText(const std::string& file, Format format) {
    auto out = deid_->File(file, format);
    return out.ok() && out->refusals.empty() ? out->text : "refused";
  }

  static inline std::unique_ptr<const Deidentifier> deid_;
};

using SafeHarborTest = SafeHarborFixture<testing::Test>;

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_POLICY_SAFE_HARBOR_FIXTURE_H_
