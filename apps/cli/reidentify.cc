// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/reidentify.h"

#include <unistd.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/engine_flags.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/input_list.h"
#include "apps/cli/inputs.h"
#include "apps/cli/output_file.h"
#include "apps/cli/own_files.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/audit_log.h"
#include "policy/reidentifier.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 30;
constexpr std::size_t kMaxPurpose = 1000;

// Asked for before anything is read.
absl::Status CheckFlags(const ReidentifyFlags& flags) {
  if (flags.key.empty()) {
    return absl::InvalidArgumentError(
        "--key: the way back takes its key from here, never from the policy");
  }
  const bool blank =
      flags.purpose.find_first_not_of(" \t") == std::string::npos;
  if (blank || flags.purpose.size() > kMaxPurpose) {
    return absl::InvalidArgumentError(
        "--purpose: say why, in at most 1000 bytes; it goes into the audit "
        "log");
  }
  if (flags.audit.empty()) {
    return absl::InvalidArgumentError(
        "--audit: name the audit log; without a record there is no value");
  }
  if (flags.paths.size() > 1) {
    return absl::InvalidArgumentError("one input at a time");
  }
  return absl::OkStatus();
}

// What comes out takes the place of nothing that the way back needs.
absl::Status CheckFiles(const ReidentifyFlags& flags, const Policy& policy,
                        const InputList& list) {
  const Input input = list[0];
  if (SameFile(flags.audit, input.path) ||
      SameFile(flags.audit, flags.output)) {
    return absl::InvalidArgumentError("--audit is the input or the output");
  }
  if (SameFile(flags.output, input.path)) {
    return absl::InvalidArgumentError("-o is the input");
  }
  return CheckOwnFiles(policy, flags.policy, OutputPaths(flags.output, list));
}

absl::StatusOr<Policy> PolicyOf(const ReidentifyFlags& flags) {
  PHIWIRE_ASSIGN_OR_RETURN(Policy policy, ReadPolicy(flags.policy));
  policy.key_file = flags.key;
  policy.places.erase("key");
  // An earlier key as the one to go back with: it is no second one then.
  std::erase_if(policy.old_keys, [&](const std::string& source) {
    return source == flags.key || SameFile(source, flags.key);
  });
  if (!flags.vault.empty()) {
    policy.vault_file = flags.vault;
    policy.places.erase("vault");
  }
  if (!policy.vault_key.empty() && flags.vault_key.empty()) {
    return absl::InvalidArgumentError(
        "--vault-key: this policy's vault has a key of its own");
  }
  policy.vault_key = flags.vault_key;
  return policy;
}

// Each line a value.
absl::StatusOr<Reidentifier::Result> Values(const Reidentifier& way_back,
                                            PhiType type,
                                            const ReidentifyFlags& flags,
                                            std::string_view text) {
  Reidentifier::Result result;
  std::size_t line = 0;
  while (!text.empty()) {
    ++line;
    const std::size_t end = text.find('\n');
    const std::string_view value = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    auto restored = way_back.Value(type, value, flags.subject);
    if (!restored.ok()) {
      return absl::Status(restored.status().code(),
                          Concat({"line ", std::to_string(line), ": ",
                                  ToStd(restored.status().message())}));
    }
    ++result.counts[std::string(TypeName(type))];
    result.text += Concat({*restored, "\n"});
  }
  return result;
}

absl::StatusOr<Reidentifier::Result> Restore(const Reidentifier& way_back,
                                             const ReidentifyFlags& flags,
                                             std::string_view text) {
  if (flags.type.empty()) {
    PHIWIRE_ASSIGN_OR_RETURN(const Format format, ReadFormat(flags.format));
    if (text.empty()) return Reidentifier::Result();
    return way_back.File(text, format, flags.subject);
  }
  const auto type = ParseType(flags.type);
  if (!type) return absl::InvalidArgumentError("--type: no such type");
  return Values(way_back, *type, flags, text);
}

AuditRecord RecordOf(const Reidentifier& way_back,
                     const ReidentifyFlags& flags) {
  AuditRecord record;
  record.action = "reidentify";
  record.purpose = flags.purpose;
  record.policy = way_back.policy().name;
  record.policy_hash = PolicyHash(way_back.policy());
  record.key_ids = way_back.keys().ids();
  return record;
}

absl::Status Release(const std::string& target, std::string_view text) {
  if (target.empty()) return WriteAll(STDOUT_FILENO, text);
  PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(target));
  PHIWIRE_RETURN_IF_ERROR(file.Append(text));
  return file.Commit();
}

absl::Status Run(const ReidentifyFlags& flags) {
  PHIWIRE_RETURN_IF_ERROR(CheckFlags(flags));
  PHIWIRE_ASSIGN_OR_RETURN(const Policy policy, PolicyOf(flags));
  PHIWIRE_ASSIGN_OR_RETURN(const Reidentifier way_back,
                           Reidentifier::Create(policy));
  PHIWIRE_ASSIGN_OR_RETURN(const InputList list, ListInputs(flags.paths));
  if (list.size() != 1) {
    return absl::InvalidArgumentError("one input at a time");
  }
  PHIWIRE_RETURN_IF_ERROR(CheckFiles(flags, policy, list));
  PHIWIRE_ASSIGN_OR_RETURN(AuditLog audit, AuditLog::Open(flags.audit));
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text,
                           ReadInput(list[0], kMaxFile));
  AuditRecord record = RecordOf(way_back, flags);
  PHIWIRE_ASSIGN_OR_RETURN(record.document, DocumentMac(way_back.keys(), text));
  auto result = Restore(way_back, flags, text);
  if (!result.ok()) {
    record.refusals = 1;  // an attempt is worth a line too
    PHIWIRE_RETURN_IF_ERROR(audit.Append(record));
    return result.status();
  }
  record.counts = result->counts;
  PHIWIRE_RETURN_IF_ERROR(audit.Append(record));
  return Release(flags.output, result->text);
}

}  // namespace

int RunReidentify(const ReidentifyFlags& flags) {
  const absl::Status status = Run(flags);
  return status.ok() ? kExitDone : UsageError(status);
}

}  // namespace phiwire::cli
