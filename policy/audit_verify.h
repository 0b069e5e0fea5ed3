// SPDX-License-Identifier: Apache-2.0
//
// Whether an audit log is as it was written: each line's hash its own, each
// line's "prev" the hash of the line before, numbers from 1 without a gap. So
// any line that was changed, taken out, put in or moved is found, but for
// what a chain alone can't tell (docs/audit.md): lines missing at the very
// end, and a log that somebody wrote anew from some line to the end. Both are
// found with a hash that was noted earlier (`head`).
//
//   AuditVerifier verifier(head);
//   while (...) verifier.Feed(bytes);
//   AuditReport report = verifier.Finish();
//   if (report.faults.empty()) ...
//
// Memory: one line (64 KiB) and 64 faults. Belongs to one thread.

#ifndef PHIWIRE_POLICY_AUDIT_VERIFY_H_
#define PHIWIRE_POLICY_AUDIT_VERIFY_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {

struct AuditFault {
  enum class Kind {
    kChanged,   // no sealed line: its hash is not its own
    kUnlinked,  // doesn't follow from the line before it
    kNotWhole,  // the last line has no line end
    kNoHead,    // no line has the hash that was noted
  };
  Kind kind;
  std::size_t line = 0;  // from 1; 0 for kNoHead
};

struct AuditReport {
  static constexpr std::size_t kMostFaults = 64;
  std::size_t lines = 0;
  std::size_t fault_count = 0;
  std::vector<AuditFault> faults;  // the first kMostFaults
  std::string head;                // the last line's hash
  std::size_t since_head = 0;      // lines behind the noted one
};

class AuditVerifier {
 public:
  // `head`: a hash (IsAuditHash) that a line must have, or empty.
  explicit AuditVerifier(std::string_view head = {});

  void Feed(std::string_view bytes);
  AuditReport Finish();

 private:
  void Line(std::string_view line);
  void Fault(AuditFault::Kind kind, std::size_t line);

  const std::string wanted_;
  bool wanted_seen_;
  bool in_long_line_ = false;
  std::string part_;  // of a line whose end is not there yet
  std::string prev_;
  std::size_t seq_ = 0;
  AuditReport report_;
};

// "was changed, or is no line of an audit log".
std::string_view AuditFaultText(AuditFault::Kind kind);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_AUDIT_VERIFY_H_
