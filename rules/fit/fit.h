// SPDX-License-Identifier: Apache-2.0
//
// From annotated documents to a weights file: the filter, then the passes of
// rules/passes.h, each on the tokens that the one before leaves to it.
// Each is fitted in folds, so that the next learns from what the one before
// said of documents it had not seen (and the folds give the cross-validated
// figures), and once more on all documents: those weights are the file's. The
// same documents, options and seeds give the same rows.
//
// Memory: about 500 bytes a token. Time: some minutes a million tokens. At
// most two threads, for itself; prepare is called from the caller's only.

#ifndef PHIWIRE_RULES_FIT_FIT_H_
#define PHIWIRE_RULES_FIT_FIT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/canonical.h"
#include "engine/document.h"
#include "rules/features.h"
#include "rules/fit/gold.h"
#include "rules/fit/trainer.h"
#include "rules/weights.h"

namespace phiwire {

struct FitOptions {
  int folds = 5;  // at least 2
  // A feature that fires at fewer tokens, of all documents, is left out.
  std::uint32_t least_count = 4;
  // Share of PHI tokens the filter may drop, judged on documents it has not
  // seen; the smaller, the more tokens are left to weigh.
  double filter_loss = 0.01;
  // Their seeds order the examples.
  TrainOptions filter{.epochs = 4, .alpha = 0.1f, .l1 = 3.0f};
  TrainOptions words;
  TrainOptions whole;
  TrainOptions document{.epochs = 5, .alpha = 0.015f, .l1 = 0.6f};
  std::function<void(std::string_view)> progress;  // a line a step
};

// Recall and precision over tokens at some P(PHI), from documents that the
// weights they were scored with had not seen.
struct FitPoint {
  double threshold = 0;
  double recall = 0;
  double precision = 0;
};

struct FitResult {
  std::vector<WeightRow> rows;
  std::vector<FitPoint> curve;  // all passes, cross-validated
  std::size_t documents = 0;
  std::size_t tokens = 0;
  std::size_t features = 0;
  double filter_kept = 0;  // share of tokens the filter leaves
  double settled = 0;      // and of those, what their words settle
};

// What prepare gives for a text: the engine's document (stages 1 to 4) and the
// way back to the text's offsets, both used until the next call.
struct Prepared {
  const Document* document = nullptr;
  const CanonicalText* canonical = nullptr;
};
using PrepareDocument =
    std::function<absl::StatusOr<Prepared>(std::string_view text)>;

// context.rules must not be null. Errors are those of prepare, naming the
// document by its number. A document with the id "17~2" is a variant of "17":
// it stays in that one's fold, counts half when learned from, and not at all
// in the figures.
absl::StatusOr<FitResult> Fit(const std::vector<GoldDocument>& gold,
                              const FeatureContext& context,
                              const ClassMasks& masks,
                              const PrepareDocument& prepare,
                              const FitOptions& options);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_FIT_H_
