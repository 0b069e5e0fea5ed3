// SPDX-License-Identifier: Apache-2.0
//
// What the tests of recognizers/ share: the built-in catalogue with its
// database and the lexicon of the build tree, made once a program.

#ifndef PHIWIRE_TESTS_RECOGNIZERS_FIXTURE_H_
#define PHIWIRE_TESTS_RECOGNIZERS_FIXTURE_H_

#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "recognizers/examples.h"

namespace phiwire {

inline const Lexicon* TestLexicon() {
  static const absl::StatusOr<Lexicon>* const kLexicon =
      new absl::StatusOr<Lexicon>(
          Lexicon::Open(std::string(PHIWIRE_TEST_DATA_DIR) + "/lexicon.bin"));
  return kLexicon->ok() ? &**kLexicon : nullptr;
}

inline std::string BuiltInCatalogue() {
  return std::string(PHIWIRE_SOURCE_DIR) + "/recognizers/catalogue";
}

// nullptr and a failed expectation when it can't be made.
inline std::unique_ptr<ExampleRunner> MakeRunner(Catalogue catalogue) {
  if (TestLexicon() == nullptr) {
    ADD_FAILURE() << "no lexicon in " << PHIWIRE_TEST_DATA_DIR
                  << ": build phiwire_data_files";
    return nullptr;
  }
  auto runner = ExampleRunner::Create(std::move(catalogue), TestLexicon());
  if (!runner.ok()) {
    ADD_FAILURE() << runner.status();
    return nullptr;
  }
  return *std::move(runner);
}

inline ExampleRunner* BuiltInRunner() {
  static ExampleRunner* const kRunner = [] {
    absl::StatusOr<Catalogue> catalogue = Catalogue::Load(BuiltInCatalogue());
    EXPECT_TRUE(catalogue.ok()) << catalogue.status();
    return catalogue.ok() ? MakeRunner(*std::move(catalogue)).release()
                          : nullptr;
  }();
  return kRunner;
}

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_RECOGNIZERS_FIXTURE_H_
