// SPDX-License-Identifier: Apache-2.0
//
// Runs the examples that every catalogue file carries (`phiwire rules test`,
// and our own tests): a positive one must be covered by a candidate of its
// type that scores 0.5 or more, a negative one must have none.
//
//   PHIWIRE_ASSIGN_OR_RETURN(auto runner, ExampleRunner::Create(
//       std::move(catalogue), lexicon));
//   for (const ExampleFailure& f : runner->RunAll()) ...

#ifndef PHIWIRE_RECOGNIZERS_EXAMPLES_H_
#define PHIWIRE_RECOGNIZERS_EXAMPLES_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/lexicon.h"
#include "engine/document.h"
#include "engine/hs_database.h"
#include "engine/word_classes.h"
#include "engine/word_table.h"
#include "recognizers/confirmer.h"

namespace phiwire {

inline constexpr float kExampleThreshold = 0.5F;

struct ExampleFailure {
  PhiType type = PhiType::kName;
  std::string source;  // "ssn.yaml:41"
  bool positive = true;
  std::string what;  // "no candidate covers the surface"; rule ids, no text
};

class ExampleRunner {
 public:
  // The lexicon must outlive the runner. cache_dir as HsDatabase::Compile's.
  static absl::StatusOr<std::unique_ptr<ExampleRunner>> Create(
      Catalogue catalogue, const Lexicon* lexicon,
      std::string_view cache_dir = {});

  // Stages 2 to 4 on `text`, which must outlive the document's use. One
  // thread at a time.
  absl::StatusOr<const Document*> Analyze(std::string_view text);

  // An empty `what` when the example holds.
  ExampleFailure Run(PhiType type, const Example& example);
  // Those that fail; of one type, or of all.
  std::vector<ExampleFailure> RunType(PhiType type);
  std::vector<ExampleFailure> RunAll();

  const CatalogueConfirmer& confirmer() const { return *confirmer_; }
  // nullptr when no rule has a pattern for it.
  const HsDatabase* database() const {
    return database_.has_value() ? &*database_ : nullptr;
  }

 private:
  ExampleRunner(std::unique_ptr<CatalogueConfirmer> confirmer,
                const Lexicon* lexicon)
      : confirmer_(std::move(confirmer)), words_(*lexicon, classes_) {}

  std::unique_ptr<CatalogueConfirmer> confirmer_;
  std::optional<HsDatabase> database_;
  std::optional<HsScratch> scratch_;
  WordClasses classes_;
  WordTable words_;
  Document document_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_EXAMPLES_H_
