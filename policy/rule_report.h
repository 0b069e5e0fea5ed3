// SPDX-License-Identifier: Apache-2.0
//
// What the catalogue holds, built in and of the site, and whether its own
// examples hold: `phiwire rules list` and `rules test`.

#ifndef PHIWIRE_POLICY_RULE_REPORT_H_
#define PHIWIRE_POLICY_RULE_REPORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/deidentifier.h"
#include "phiwire/policy.h"

namespace phiwire {

struct RuleLine {
  std::string type;
  std::string id;      // "ssn/dashed"; a site's begin with "site/"
  std::string source;  // "ssn.yaml:7"
  double alone = 0;    // probability without a label
  double labelled = 0;
};

struct ExampleReport {
  std::size_t held = 0;
  std::vector<std::string> failures;  // "ssn.yaml:41: SSN: why"; no text
};

absl::StatusOr<std::vector<RuleLine>> ListRules(const Policy& policy,
                                                const Options& options);

// Runs every example through stages 2 to 4 (the recognizers by themselves).
absl::StatusOr<ExampleReport> TestRules(const Policy& policy,
                                        const Options& options);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_RULE_REPORT_H_
