// SPDX-License-Identifier: Apache-2.0
//
// `phiwire fit`: weights from annotated documents, with the engine and rules
// of a policy. Offline, reproducible from a seed; the documents never leave
// the process, and the weights hold single words and pairs of words that stood
// in at least four places, so look through a file before it leaves the house.

#ifndef PHIWIRE_POLICY_SITE_FIT_H_
#define PHIWIRE_POLICY_SITE_FIT_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/deidentifier.h"
#include "phiwire/policy.h"

namespace phiwire {

struct SiteFitOptions {
  int folds = 5;  // at least 2
  std::uint64_t seed = 20261122;
  std::function<void(std::string_view)> progress;
};

struct SiteFitPoint {
  double threshold = 0;
  double recall = 0;
  double precision = 0;
};

struct SiteFit {
  std::string weights;              // the file's text
  std::vector<SiteFitPoint> curve;  // cross-validated by document
  std::size_t documents = 0;
  std::size_t tokens = 0;
  std::size_t features = 0;
  double filter_kept = 0;  // share of tokens past the filter
  double settled = 0;      // of those, what their words settle
};

// gold: JSON lines files as for `phiwire eval`. Errors name file and line.
absl::StatusOr<SiteFit> FitSite(std::span<const std::string> gold,
                                const Policy& policy, const Options& options,
                                const SiteFitOptions& fit_options);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_SITE_FIT_H_
