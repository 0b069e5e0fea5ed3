// SPDX-License-Identifier: Apache-2.0
//
// Documents as stages 1 to 3 would make them, for the tests of this folder:
// the built lexicon, the word classes of the tree, a text cut into tokens.

#ifndef PHIWIRE_TESTS_RULES_DOCUMENT_FIXTURE_H_
#define PHIWIRE_TESTS_RULES_DOCUMENT_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/lexicon.h"
#include "engine/tokenizer.h"
#include "rules/context_classes.h"
#include "rules/document_view.h"

namespace phiwire {

inline std::vector<std::string> ContextFolders() {
  return {PHIWIRE_SOURCE_DIR "/rules/context"};
}

class DocumentFixture : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto lexicon = Lexicon::Open(PHIWIRE_TEST_DATA_DIR "/lexicon.bin");
    ASSERT_TRUE(lexicon.ok()) << lexicon.status();
    auto classes = LoadWordClasses(ContextFolders());
    ASSERT_TRUE(classes.ok()) << classes.status();
    lexicon_ = new Lexicon(*std::move(lexicon));
    classes_ = new WordClasses(*std::move(classes));
  }
  static void TearDownTestSuite() {
    delete lexicon_;
    delete classes_;
    lexicon_ = nullptr;
    classes_ = nullptr;
  }

  // Tokens and view of a text; candidates and contexts may be set before.
  void Read(std::string_view text) {
    text_ = text;
    document_.text = text_;
    if (words_ == nullptr) {
      words_ = std::make_unique<WordTable>(*lexicon_, *classes_);
    }
    Tokenize(words_.get(), &document_);
    view_.Build(document_, ClassMasks(*classes_));
  }
  std::string Surface(std::size_t token) const {
    return std::string(view_.surface(token));
  }
  // The token that reads so, the n-th one; the test fails without it.
  std::size_t Find(std::string_view surface, int n = 1) const {
    for (std::size_t i = 0; i < document_.tokens.size(); ++i) {
      if (view_.surface(i) == surface && --n == 0) return i;
    }
    ADD_FAILURE() << "no token " << surface;
    return 0;
  }

  static inline Lexicon* lexicon_ = nullptr;
  static inline WordClasses* classes_ = nullptr;
  std::string text_;
  std::unique_ptr<WordTable> words_;
  Document document_;
  DocumentView view_;
};

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_RULES_DOCUMENT_FIXTURE_H_
