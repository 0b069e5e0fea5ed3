// SPDX-License-Identifier: Apache-2.0

#include "policy/site_fit.h"

#include <filesystem>
#include <memory>

#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/assembly.h"
#include "rules/fit/fit.h"
#include "rules/fit/gold.h"
#include "rules/weights.h"

namespace phiwire {
namespace {

std::vector<std::string> Comments(std::span<const std::string> gold,
                                  const FitResult& result,
                                  const SiteFitOptions& options) {
  std::string files;
  for (const std::string& path : gold) {
    files += Concat({" ", std::filesystem::path(path).filename().string()});
  }
  return {"phiwire weights 1: PASS<TAB>KEY<TAB>FEATURE<TAB>GROUP:LOG-ODDS ...",
          Concat({"made by: phiwire fit", files}),
          Concat({"documents ", std::to_string(result.documents), ", tokens ",
                  std::to_string(result.tokens), ", folds ",
                  std::to_string(options.folds), ", seed ",
                  std::to_string(options.seed)})};
}

}  // namespace

absl::StatusOr<SiteFit> FitSite(std::span<const std::string> gold,
                                const Policy& policy, const Options& options,
                                const SiteFitOptions& fit_options) {
  PHIWIRE_ASSIGN_OR_RETURN(const Unweighed engine,
                           BuildUnweighed(policy, options));
  std::vector<GoldDocument> documents;
  for (const std::string& path : gold) {
    PHIWIRE_ASSIGN_OR_RETURN(std::vector<GoldDocument> some, ReadGold(path));
    for (GoldDocument& d : some) documents.push_back(std::move(d));
  }
  PHIWIRE_ASSIGN_OR_RETURN(const auto scratch, engine.pipeline->NewScratch());
  FitOptions fit;
  fit.folds = fit_options.folds;
  for (TrainOptions* pass :
       {&fit.filter, &fit.words, &fit.whole, &fit.document}) {
    pass->seed = fit_options.seed;
  }
  fit.progress = fit_options.progress;
  const auto prepare = [&](std::string_view text) -> absl::StatusOr<Prepared> {
    PHIWIRE_RETURN_IF_ERROR(engine.pipeline->Prepare(text, {}, scratch.get()));
    return Prepared{&scratch->document(), &scratch->canonical()};
  };
  PHIWIRE_ASSIGN_OR_RETURN(
      const FitResult result,
      Fit(documents, engine.context, engine.masks, prepare, fit));
  SiteFit out;
  out.weights = FormatWeights(result.rows, Comments(gold, result, fit_options));
  for (const FitPoint& p : result.curve) {
    out.curve.push_back({p.threshold, p.recall, p.precision});
  }
  out.documents = result.documents;
  out.tokens = result.tokens;
  out.features = result.features;
  out.filter_kept = result.filter_kept;
  out.settled = result.settled;
  return out;
}

}  // namespace phiwire
