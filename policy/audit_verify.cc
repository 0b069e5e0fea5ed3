// SPDX-License-Identifier: Apache-2.0

#include "policy/audit_verify.h"

#include <utility>

#include "policy/audit_line.h"

namespace phiwire {

AuditVerifier::AuditVerifier(std::string_view head)
    : wanted_(head), wanted_seen_(head.empty()), prev_(FirstAuditPrev()) {}

void AuditVerifier::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (part_.size() + piece.size() >= kLongestAuditLine) {
      in_long_line_ = true;
      part_.clear();
    }
    if (!in_long_line_) part_.append(piece);
    if (end == bytes.npos) return;
    Line(in_long_line_ ? std::string_view() : part_);
    part_.clear();
    in_long_line_ = false;
    bytes.remove_prefix(end + 1);
  }
}

void AuditVerifier::Line(std::string_view line) {
  ++report_.lines;
  const auto read = ReadAuditLine(line);
  if (!read) {
    Fault(AuditFault::Kind::kChanged, report_.lines);
    // What comes next is judged by itself: one change, one fault.
    prev_.clear();
    ++seq_;
    return;
  }
  const bool linked = prev_.empty() || read->prev == prev_;
  if (!linked || read->seq != seq_ + 1) {
    Fault(AuditFault::Kind::kUnlinked, report_.lines);
  }
  prev_ = read->hash;
  seq_ = read->seq;
  if (!wanted_.empty() && wanted_seen_) ++report_.since_head;
  wanted_seen_ = wanted_seen_ || read->hash == wanted_;
}

void AuditVerifier::Fault(AuditFault::Kind kind, std::size_t line) {
  ++report_.fault_count;
  if (report_.faults.size() < AuditReport::kMostFaults) {
    report_.faults.push_back({kind, line});
  }
}

AuditReport AuditVerifier::Finish() {
  if (in_long_line_ || !part_.empty()) {
    ++report_.lines;
    Fault(AuditFault::Kind::kNotWhole, report_.lines);
  }
  if (!wanted_seen_) Fault(AuditFault::Kind::kNoHead, 0);
  report_.head = prev_.empty() ? "" : prev_;
  return std::move(report_);
}

std::string_view AuditFaultText(AuditFault::Kind kind) {
  switch (kind) {
    case AuditFault::Kind::kChanged:
      return "was changed, or is no line of an audit log";
    case AuditFault::Kind::kUnlinked:
      return "does not follow the line before it: lines were taken out, put "
             "in or moved";
    case AuditFault::Kind::kNotWhole:
      return "has no end: cut off";
    case AuditFault::Kind::kNoHead:
      return "no line has the hash noted earlier: lines at the end are "
             "missing, or the log was written anew";
  }
  return "";
}

}  // namespace phiwire
