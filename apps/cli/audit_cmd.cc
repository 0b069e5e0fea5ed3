// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/audit_cmd.h"

#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/inputs.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/audit_line.h"
#include "policy/audit_verify.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

absl::Status Feed(int fd, AuditVerifier* verifier) {
  std::vector<char> buffer(kChunk);
  while (true) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return absl::InvalidArgumentError(
          Concat({"the audit log can't be read: ",
                  std::generic_category().message(errno)}));
    }
    if (got == 0) return absl::OkStatus();
    verifier->Feed({buffer.data(), static_cast<std::size_t>(got)});
  }
}

absl::StatusOr<AuditReport> Verify(const AuditFlags& flags) {
  if (!flags.head.empty() && !IsAuditHash(flags.head)) {
    return absl::InvalidArgumentError("--head: 64 lower-case digits 0-9, a-f");
  }
  Input input;
  input.path = flags.path;
  const auto fd = OpenInput(input);
  if (!fd.ok()) {
    return absl::InvalidArgumentError(
        Concat({"the audit log: ", ToStd(fd.status().message())}));
  }
  AuditVerifier verifier(flags.head);
  const absl::Status read = Feed(*fd, &verifier);
  if (*fd != STDIN_FILENO) ::close(*fd);
  PHIWIRE_RETURN_IF_ERROR(read);
  return verifier.Finish();
}

std::string Summary(const AuditReport& report, const AuditFlags& flags) {
  std::string out =
      Concat({std::to_string(report.lines), " lines, ",
              report.fault_count == 0 ? "whole" : "NOT whole", "\n"});
  if (report.fault_count == 0 && report.lines > 0) {
    out += Concat({"head ", report.head, "\n"});
  }
  if (report.fault_count == 0 && !flags.head.empty()) {
    out += Concat(
        {std::to_string(report.since_head), " lines since the hash noted\n"});
  }
  return out;
}

}  // namespace

int RunAuditVerify(const AuditFlags& flags) {
  const auto report = Verify(flags);
  if (!report.ok()) return UsageError(report.status());
  for (const AuditFault& fault : report->faults) {
    Say(fault.line == 0 ? std::string(AuditFaultText(fault.kind))
                        : Concat({"line ", std::to_string(fault.line), " ",
                                  AuditFaultText(fault.kind)}));
  }
  if (report->fault_count > report->faults.size()) {
    Say(Concat({"and ",
                std::to_string(report->fault_count - report->faults.size()),
                " more"}));
  }
  if (!WriteAll(STDOUT_FILENO, Summary(*report, flags)).ok()) {
    return kExitRefused;
  }
  return report->fault_count == 0 ? kExitDone : kExitRefused;
}

}  // namespace phiwire::cli
