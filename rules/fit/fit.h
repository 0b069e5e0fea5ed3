// SPDX-License-Identifier: Apache-2.0
//
// From annotated documents to a weights file: the first pass is fitted in
// folds, so that the second pass learns from predictions the first made on
// documents it had not seen; then both are fitted on everything. The folds
// give the cross-validated figures. A seed makes it reproducible.
//
// Memory: about 500 bytes a token. Time: some minutes a million tokens.

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
  int folds = 5;
  std::uint32_t least_count = 4;  // a rarer feature is left out
  // Share of PHI tokens the filter may drop; the fewer, the slower.
  double filter_loss = 0.01;
  TrainOptions filter{.epochs = 4, .alpha = 0.1f, .l1 = 3.0f};
  TrainOptions first;
  TrainOptions second{.epochs = 5, .alpha = 0.015f, .l1 = 0.6f};
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
  std::vector<FitPoint> first_pass;   // cross-validated
  std::vector<FitPoint> second_pass;  // cross-validated
  std::size_t documents = 0;
  std::size_t tokens = 0;
  std::size_t features = 0;
  double filter_kept = 0;  // share of tokens the filter leaves
};

// prepare gives the engine's document of a text (stages 1 to 4) and the way
// back to the text's offsets; what it returns is used until the next call. An
// id "17~2" is a variant of document "17": the two are never on different sides
// of a fold.
struct Prepared {
  const Document* document = nullptr;
  const CanonicalText* canonical = nullptr;
};
using PrepareDocument =
    std::function<absl::StatusOr<Prepared>(std::string_view text)>;

absl::StatusOr<FitResult> Fit(const std::vector<GoldDocument>& gold,
                              const FeatureContext& context,
                              const ClassMasks& masks,
                              const PrepareDocument& prepare,
                              const FitOptions& options);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_FIT_H_
