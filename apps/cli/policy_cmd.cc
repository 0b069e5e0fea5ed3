// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/policy_cmd.h"

#include <unistd.h>

#include <string>

#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/output_file.h"
#include "base/strings.h"
#include "policy/policy_words.h"
#include "policy/policy_writer.h"

namespace phiwire::cli {
int RunPolicyShow(const EngineFlags& flags, bool yaml) {
  const auto policy = EffectivePolicy(flags);
  if (!policy.ok()) return UsageError(policy.status());
  const std::string text = yaml ? ToYaml(*policy) : InWords(*policy);
  return WriteAll(STDOUT_FILENO, text).ok() ? kExitDone : kExitRefused;
}

int RunPolicyCheck(const EngineFlags& flags) {
  const auto deid = MakeEngine(flags);
  if (!deid.ok()) return UsageError(deid.status());
  const std::string line = Concat({deid->policy().name, ": good\n"});
  return WriteAll(STDOUT_FILENO, line).ok() ? kExitDone : kExitRefused;
}

}  // namespace phiwire::cli
