// SPDX-License-Identifier: Apache-2.0
//
// phiwire reidentify: the way back, for one who has the key and says why. All
// input is worked on first; then the audit record is written; only then does
// anything come out. An input that fails lets nothing out at all.

#ifndef PHIWIRE_APPS_CLI_REIDENTIFY_H_
#define PHIWIRE_APPS_CLI_REIDENTIFY_H_

#include <string>
#include <vector>

namespace phiwire::cli {

struct ReidentifyFlags {
  std::vector<std::string> paths;  // one input; none: standard input
  std::string policy = "safe-harbor";
  std::string key;        // file, fd:N or env:NAME; never the policy's
  std::string vault_key;  // when the policy's vault has a key of its own
  std::string vault;      // empty: the policy's
  std::string purpose;
  std::string audit;  // the audit log
  std::string subject;
  std::string format = "auto";
  std::string type;  // each line of the input is a value of this type
  std::string output;
};

int RunReidentify(const ReidentifyFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_REIDENTIFY_H_
