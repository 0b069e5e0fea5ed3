// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/quarantine.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "apps/cli/diagnostics.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr std::string_view kHead =
    "input\tpath\toutcome\trecord\tbegin\tend\tfield\treason\n";

std::string_view Word(Incident::Kind kind) {
  return kind == Incident::Kind::kRemoved ? "removed" : "refused";
}

}  // namespace

absl::Status Quarantine::Begin() {
  if (file_) return absl::OkStatus();
  PHIWIRE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path_));
  file_.emplace(std::move(file));
  return file_->Append(kHead);
}

void Quarantine::Add(std::size_t input, std::string_view shown,
                     const Incident& incident) {
  if (path_.empty() || !status_.ok()) return;
  status_ = Begin();
  std::string place = "\t\t";
  if (incident.kind != Incident::Kind::kRefusedInput) {
    place = Concat({std::to_string(incident.ordinal), "\t",
                    std::to_string(incident.begin), "\t",
                    std::to_string(incident.end)});
  }
  // Tabs and line ends of a path or reason would make columns and lines.
  const std::string line =
      Concat({std::to_string(input), "\t", Printable(shown), "\t",
              Word(incident.kind), "\t", place, "\t", Printable(incident.where),
              "\t", Printable(incident.reason), "\n"});
  if (status_.ok()) status_ = file_->Append(line);
}

absl::Status Quarantine::Finish() {
  if (path_.empty() || !status_.ok()) return status_;
  if (always_) PHIWIRE_RETURN_IF_ERROR(Begin());
  if (file_) return file_->Commit();
  // The list of an earlier run says nothing of this one.
  if (::unlink(path_.c_str()) == 0 || errno == ENOENT) return absl::OkStatus();
  return absl::UnavailableError("the old quarantine list can't be removed");
}

}  // namespace phiwire::cli
