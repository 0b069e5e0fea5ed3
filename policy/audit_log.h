// SPDX-License-Identifier: Apache-2.0
//
// The audit log: JSON lines that are only ever appended, each with the SHA-256
// of itself and the line before, so that no line can be changed, taken out or
// moved unseen. No PHI: what was done, when, under which policy and keys, to
// which document (its HMAC), with how many values of each type.
//
// A line (audit_line.h) is on the disk before Append returns. Several threads
// and processes may append to one log. audit_verify.h reads it back.
//
// Errors are kInvalidArgument "audit log PATH: REASON".

#ifndef PHIWIRE_POLICY_AUDIT_LOG_H_
#define PHIWIRE_POLICY_AUDIT_LOG_H_

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/key_ring.h"
#include "phiwire/policy.h"

namespace phiwire {

struct AuditRecord {
  std::string action;  // "deid", "reidentify"
  std::string purpose;
  std::string policy;
  std::string policy_hash;
  std::vector<std::string> key_ids;
  std::string document;                       // DocumentMac; no key: empty
  std::string output;                         // of what deid lets out
  std::map<std::string, std::size_t> counts;  // by type
  std::size_t refusals = 0;
};

class AuditLog {
 public:
  // Makes a missing file (0600). The last line must be whole.
  static absl::StatusOr<AuditLog> Open(const std::string& path);
  AuditLog(AuditLog&& other) noexcept;
  AuditLog& operator=(AuditLog&&) = delete;
  ~AuditLog();

  absl::Status Append(const AuditRecord& record);

 private:
  AuditLog(std::string path, int fd);
  absl::Status AppendLocked(const AuditRecord& record);

  std::string path_;
  int fd_ = -1;
  std::unique_ptr<std::mutex> lock_;
};

// SHA-256 of what `phiwire policy show --yaml` prints, in hex.
std::string PolicyHash(const Policy& policy);

// HMAC-SHA-256 of a document under a key derived for this: the same document
// is known again, and nobody without the key can tell which it was.
absl::StatusOr<std::string> DocumentMac(const KeyRing& keys,
                                        std::string_view document);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_AUDIT_LOG_H_
