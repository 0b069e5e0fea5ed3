// SPDX-License-Identifier: Apache-2.0
//
// phiwire audit verify: whether an audit log is as it was written.

#ifndef PHIWIRE_APPS_CLI_AUDIT_CMD_H_
#define PHIWIRE_APPS_CLI_AUDIT_CMD_H_

#include <string>

namespace phiwire::cli {

struct AuditFlags {
  std::string path;  // "-": standard input
  std::string head;  // a hash noted earlier; empty: none
};

// 0 whole, 1 not, 2 when it can't be read.
int RunAuditVerify(const AuditFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_AUDIT_CMD_H_
