// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid_audit.h"

#include <utility>

#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/types.h"

namespace phiwire::cli {
namespace {

absl::StatusOr<std::optional<KeyRing>> KeysOf(const Policy& policy) {
  if (policy.key_file.empty()) return std::optional<KeyRing>();
  PHIWIRE_ASSIGN_OR_RETURN(SecretKey key, ReadKey(policy.key_file));
  PHIWIRE_ASSIGN_OR_RETURN(KeyRing ring,
                           KeyRing::Create(std::move(key), policy.tenant));
  return std::optional<KeyRing>(std::move(ring));
}

}  // namespace

DeidAudit::DeidAudit(AuditLog log, std::optional<KeyRing> keys,
                     AuditRecord common)
    : log_(std::move(log)),
      keys_(std::move(keys)),
      common_(std::move(common)) {}

absl::StatusOr<DeidAudit> DeidAudit::Open(const std::string& path,
                                          const Policy& policy) {
  if (policy.key_file.starts_with("fd:")) {
    // The engine has read it to its end.
    return absl::InvalidArgumentError(
        "--audit: give the key as a file or env:NAME, not as fd:N");
  }
  PHIWIRE_ASSIGN_OR_RETURN(std::optional<KeyRing> keys, KeysOf(policy));
  AuditRecord common;
  common.action = "deid";
  common.policy = policy.name;
  common.policy_hash = PolicyHash(policy);
  if (keys.has_value()) common.key_ids = keys->ids();
  PHIWIRE_ASSIGN_OR_RETURN(AuditLog log, AuditLog::Open(path));
  return DeidAudit(std::move(log), std::move(keys), std::move(common));
}

absl::Status DeidAudit::Record(std::string_view document,
                               std::string_view output, const Tally& tally) {
  AuditRecord record = common_;
  if (keys_.has_value()) {
    PHIWIRE_ASSIGN_OR_RETURN(record.document, DocumentMac(*keys_, document));
    PHIWIRE_ASSIGN_OR_RETURN(record.output, DocumentMac(*keys_, output));
  }
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    if (tally.findings[i] == 0) continue;
    const auto type = static_cast<PhiType>(i);
    record.counts[std::string(TypeName(type))] = tally.findings[i];
  }
  record.refusals = tally.refused;
  return log_.Append(record);
}

}  // namespace phiwire::cli
