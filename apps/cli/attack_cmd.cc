// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/attack_cmd.h"

#include <unistd.h>

#include <set>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/attack_report.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/inputs.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/attack/csv_columns.h"

namespace phiwire::cli {
namespace {

// Read whole; a table's named columns are kept beside it.
constexpr std::size_t kMaxFile = std::size_t{2} << 30;

bool IsTable(const AttackFlags& flags) {
  return !flags.codes.empty() || !flags.dates.empty() ||
         !flags.domain.empty() || !flags.quasi.empty();
}

absl::Status CheckFlags(const AttackFlags& flags) {
  if (flags.dates.empty() != flags.patient.empty()) {
    return absl::InvalidArgumentError(
        "--date and --patient: one without the other says nothing");
  }
  if (flags.tries < 1) {
    return absl::InvalidArgumentError("--tries: at least 1");
  }
  return absl::OkStatus();
}

std::set<std::string> ColumnsOf(const AttackFlags& flags) {
  std::set<std::string> names;
  for (const auto* list :
       {&flags.codes, &flags.dates, &flags.domain, &flags.quasi}) {
    names.insert(list->begin(), list->end());
  }
  if (!flags.patient.empty()) names.insert(flags.patient);
  return names;
}

absl::Status Hashes(const AttackFlags& flags,
                    const std::set<std::string>& values, AttackReport* report) {
  PHIWIRE_ASSIGN_OR_RETURN(const IdSpace space,
                           IdSpace::FromShape(flags.space, flags.range));
  HashAttackOptions options;
  options.digest = flags.digest;
  options.tries = flags.whole ? 0 : static_cast<std::uint64_t>(flags.tries);
  options.threads = flags.jobs;
  PHIWIRE_ASSIGN_OR_RETURN(report->hashes,
                           AttackHashes(space, values, options));
  report->space = flags.range.empty() ? flags.space
                                      : Concat({flags.space, " ", flags.range});
  report->digest = flags.digest;
  return absl::OkStatus();
}

DateAttack::Result Dates(const AttackFlags& flags, const CsvColumns& table) {
  DateAttack attack(flags.day_first ? DateOrder::kDayFirst
                                    : DateOrder::kMonthFirst);
  const std::vector<std::string>& patients = table.at(flags.patient);
  for (const std::string& name : flags.dates) {
    const std::vector<std::string>& dates = table.at(name);
    for (std::size_t row = 0; row < dates.size(); ++row) {
      attack.Add(patients[row], dates[row]);
    }
  }
  return attack.Finish();
}

absl::Status Table(const AttackFlags& flags, std::string_view text,
                   AttackReport* report) {
  const std::string shown = flags.path == "-" ? "table" : flags.path;
  PHIWIRE_ASSIGN_OR_RETURN(const CsvColumns table,
                           ReadCsvColumns(text, shown, ColumnsOf(flags)));
  if (!flags.codes.empty()) {
    std::set<std::string> values;
    for (const std::string& name : flags.codes) {
      values.insert(table.at(name).begin(), table.at(name).end());
    }
    values.erase("");
    PHIWIRE_RETURN_IF_ERROR(Hashes(flags, values, report));
  }
  if (!flags.dates.empty()) report->dates = Dates(flags, table);
  for (const auto* list : {&flags.codes, &flags.domain}) {
    for (const std::string& name : *list) {
      report->domains.emplace_back(name, AssessDomain(table.at(name)));
    }
  }
  if (flags.quasi.empty()) return absl::OkStatus();
  report->quasi = flags.quasi;
  std::vector<const std::vector<std::string>*> columns;
  for (const std::string& name : flags.quasi) {
    columns.push_back(&table.at(name));
  }
  report->k_anonymity = AssessKAnonymity(columns);
  return absl::OkStatus();
}

absl::StatusOr<AttackReport> Attack(const AttackFlags& flags) {
  PHIWIRE_RETURN_IF_ERROR(CheckFlags(flags));
  Input input;
  input.path = flags.path;
  const auto text = ReadInput(input, kMaxFile);
  if (!text.ok()) {
    return absl::InvalidArgumentError(
        Concat({"the file: ", ToStd(text.status().message())}));
  }
  PHIWIRE_RETURN_IF_ERROR(CheckNotBinary(*text));
  AttackReport report;
  PHIWIRE_RETURN_IF_ERROR(IsTable(flags)
                              ? Table(flags, *text, &report)
                              : Hashes(flags, CodesIn(*text), &report));
  return report;
}

}  // namespace

int RunAttack(const AttackFlags& flags) {
  const auto report = Attack(flags);
  if (!report.ok()) return UsageError(report.status());
  const std::string text =
      flags.json ? AttackJson(*report) : AttackText(*report);
  return WriteAll(STDOUT_FILENO, text).ok() ? kExitDone : kExitRefused;
}

}  // namespace phiwire::cli
