// SPDX-License-Identifier: Apache-2.0

#include "apps/cli/fit.h"

#include <cstdio>

#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "policy/site_fit.h"

namespace phiwire::cli {
namespace {

void PrintFigures(const SiteFit& fit) {
  std::printf(
      "%zu documents, %zu tokens; %.1f %% pass the filter, of which %.1f %% "
      "are settled by their words; %zu weights\n",
      fit.documents, fit.tokens, 100 * fit.filter_kept, 100 * fit.settled,
      fit.features);
  std::printf("cross-validated by document, all PHI:\n");
  std::printf("threshold  token recall  precision\n");
  for (const SiteFitPoint& p : fit.curve) {
    std::printf("%9.1f  %12.4f  %9.4f\n", p.threshold, p.recall, p.precision);
  }
}

absl::Status FitAndWrite(const FitFlags& flags) {
  PHIWIRE_ASSIGN_OR_RETURN(const Policy policy, EffectivePolicy(flags.engine));
  SiteFitOptions options;
  options.folds = flags.folds;
  options.seed = flags.seed;
  options.progress = [](std::string_view step) { Say(step); };
  Options engine;
  engine.cache_dir = CacheDir();
  PHIWIRE_ASSIGN_OR_RETURN(const SiteFit fit,
                           FitSite(flags.gold, policy, engine, options));
  PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(flags.output));
  PHIWIRE_RETURN_IF_ERROR(file.Append(fit.weights));
  PHIWIRE_RETURN_IF_ERROR(file.Commit());
  PrintFigures(fit);
  return absl::OkStatus();
}

}  // namespace

int RunFit(const FitFlags& flags) {
  const absl::Status status = FitAndWrite(flags);
  if (status.ok()) return kExitDone;
  Say(std::string(status.message()));
  return kExitUsage;
}

}  // namespace phiwire::cli
