// SPDX-License-Identifier: Apache-2.0
//
// Puts an engine together from the data files and a policy: the one place
// that names the concrete stages. Slow (files are read, patterns compiled or
// fetched from the cache); the result is immutable.

#ifndef PHIWIRE_POLICY_ASSEMBLY_H_
#define PHIWIRE_POLICY_ASSEMBLY_H_

#include <memory>

#include "absl/status/statusor.h"
#include "engine/pipeline.h"
#include "phiwire/deidentifier.h"
#include "phiwire/policy.h"
#include "rules/features.h"

namespace phiwire {

// With the weigher, as Deidentifier uses it. Runs the known-answer self-test:
// kInternal when the engine does not find what it must.
absl::StatusOr<std::unique_ptr<const Pipeline>> BuildPipeline(
    const Policy& policy, const Options& options);

// Stages 1 to 4 only, and what the features need: for fitting weights.
struct Unweighed {
  std::unique_ptr<const Pipeline> pipeline;
  FeatureContext context;
  ClassMasks masks;
};
absl::StatusOr<Unweighed> BuildUnweighed(const Policy& policy,
                                         const Options& options);

// Least P(PHI) of a type under a policy; above 1 when it is not looked for.
double Threshold(const Policy& policy, PhiType type);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ASSEMBLY_H_
