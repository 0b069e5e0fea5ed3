// SPDX-License-Identifier: Apache-2.0
//
// The audit records of `phiwire deid --audit`: one a document, or block of a
// log, on the disk before anything of it is let out.
//
// Documents are named by their HMAC under the policy's key, the one read and
// the one let out. Without a key they are not named at all: anybody could try
// the short documents (a lab result, a name) against a plain hash.
//
// Threads: Record may be called from several at once.

#ifndef PHIWIRE_APPS_CLI_DEID_AUDIT_H_
#define PHIWIRE_APPS_CLI_DEID_AUDIT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/tally.h"
#include "base/key_ring.h"
#include "phiwire/policy.h"
#include "policy/audit_log.h"

namespace phiwire::cli {

class DeidAudit {
 public:
  // The policy with all flags applied; its key, where it has one, is read
  // even if no anonymizer wants it.
  static absl::StatusOr<DeidAudit> Open(const std::string& path,
                                        const Policy& policy);

  // What was found in `document` and what of it is about to be let out.
  // Nothing may be, unless this is OK.
  absl::Status Record(std::string_view document, std::string_view output,
                      const Tally& tally);

 private:
  DeidAudit(AuditLog log, std::optional<KeyRing> keys, AuditRecord common);

  AuditLog log_;
  std::optional<KeyRing> keys_;
  AuditRecord common_;  // what all records share
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_DEID_AUDIT_H_
