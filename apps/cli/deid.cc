// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid.h"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/deid_audit.h"
#include "apps/cli/deid_file.h"
#include "apps/cli/deid_run.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/input_list.h"
#include "apps/cli/manifest.h"
#include "apps/cli/names.h"
#include "apps/cli/originals.h"
#include "apps/cli/output_file.h"
#include "apps/cli/output_paths.h"
#include "apps/cli/own_files.h"
#include "apps/cli/quarantine.h"
#include "apps/cli/run_identity.h"
#include "apps/cli/stop_signal.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

absl::Status CheckOutput(const DeidFlags& flags, const InputList& list) {
  if (!flags.output.empty()) return CheckOutputApart(flags.output, flags.paths);
  if (!list.any_folder() && list.size() <= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "several inputs, or a folder, need -o with an output folder");
}

absl::StatusOr<OutputPaths> Targets(const DeidFlags& flags,
                                    const InputList& list, NameFilter* filter) {
  std::error_code error;
  const bool folder = list.any_folder() || list.size() > 1 ||
                      fs::is_directory(flags.output, error);
  if (flags.output.empty() || !folder) return OutputPaths(flags.output, list);
  if (fs::exists(flags.output, error) &&
      !fs::is_directory(flags.output, error)) {
    return absl::InvalidArgumentError("-o must be a folder for these inputs");
  }
  fs::create_directories(flags.output, error);
  if (error) {
    return absl::InvalidArgumentError(
        Concat({"-o: the folder can't be made: ", error.message()}));
  }
  OutputPaths targets(flags.output, list, filter);
  PHIWIRE_RETURN_IF_ERROR(CheckTargetsApart(targets, flags.paths, list));
  return targets;
}

// A file of the run's own is neither read nor replaced by it.
absl::Status CheckApart(std::string_view flag, const std::string& path,
                        const InputList& list, const OutputPaths& targets) {
  // One each: a resolver remembers one folder.
  PathResolver inputs;
  PathResolver outputs;
  const std::string own = inputs.Resolve(path);
  bool same = false;
  for (std::size_t i = 0; !same && i < list.size(); ++i) {
    const std::string target = targets[i];
    same = inputs.Resolve(list[i].path) == own ||
           (!target.empty() && outputs.Resolve(target) == own);
  }
  if (!same) return absl::OkStatus();
  return absl::InvalidArgumentError(
      Concat({flag, " is an input or an output"}));
}

absl::StatusOr<std::optional<DeidAudit>> OpenAudit(const DeidFlags& flags,
                                                   const Policy& policy,
                                                   const InputList& list,
                                                   const OutputPaths& targets) {
  if (flags.audit.empty()) return std::optional<DeidAudit>();
  PHIWIRE_RETURN_IF_ERROR(CheckApart("--audit", flags.audit, list, targets));
  PHIWIRE_ASSIGN_OR_RETURN(DeidAudit audit,
                           DeidAudit::Open(flags.audit, policy));
  return std::optional<DeidAudit>(std::move(audit));
}

// Whether the outputs are a tree, with a manifest.
bool IsTree(const InputList& list) {
  return list.any_folder() || list.size() > 1;
}

// What a killed run has left in the folders this one writes to.
void RemoveStale(const OutputPaths& targets) {
  for (const std::string& folder : targets.Folders()) {
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
      if (!IsStaleOutput(it->path().filename().string())) continue;
      std::error_code ignored;
      fs::remove(it->path(), ignored);
    }
  }
}

absl::StatusOr<std::unique_ptr<Manifest>> OpenManifest(const DeidFlags& flags,
                                                       const Policy& policy,
                                                       const InputList& list) {
  if (!IsTree(list)) {
    if (!flags.resume) return std::unique_ptr<Manifest>();
    return absl::InvalidArgumentError("--resume is for folders");
  }
  const std::string key_dir = CacheDir();
  // Without them a run does its work but can't be gone on with.
  const bool possible = !key_dir.empty() && !policy.key_file.starts_with("fd:");
  if (!possible && !flags.resume) return std::unique_ptr<Manifest>();
  if (key_dir.empty()) {
    return absl::InvalidArgumentError(
        "--resume needs a cache folder: set HOME or XDG_CACHE_HOME");
  }
  const std::array<std::string_view, 3> asked = {flags.format, flags.encoding,
                                                 flags.subject};
  PHIWIRE_ASSIGN_OR_RETURN(const std::string identity,
                           RunIdentity(policy, asked));
  PHIWIRE_ASSIGN_OR_RETURN(
      std::unique_ptr<Manifest> manifest,
      Manifest::Open(flags.output, key_dir, identity, flags.resume));
  if (flags.resume && !manifest->resumed()) {
    Say("--resume: no manifest of the same policy, flags and version in -o: "
        "all is done anew");
  }
  return manifest;
}

std::string QuarantinePath(const DeidFlags& flags, const InputList& list) {
  if (!flags.quarantine.empty()) return flags.quarantine;
  if (!IsTree(list)) return "";
  return (fs::path(flags.output) / kQuarantineName).string();
}

DeidSettings FileSettings(const DeidFlags& flags, const Deidentifier& deid,
                          Format format, std::optional<DeidAudit>* audit) {
  DeidSettings settings;
  settings.reader.deid = &deid;
  settings.reader.format = format;
  settings.reader.encoding = flags.encoding;
  if (flags.block > 0) settings.reader.block_bytes = flags.block;
  settings.about = {flags.subject, /*list_findings=*/false};
  settings.audit = audit->has_value() ? &**audit : nullptr;
  settings.resume = flags.resume;
  return settings;
}

}  // namespace

int RunDeid(const DeidFlags& flags) {
  const auto format = ReadFormat(flags.format);
  if (!format.ok()) return UsageError(format.status());
  const absl::Status encoding = CheckEncoding(flags.encoding);
  if (!encoding.ok()) return UsageError(encoding);
  const auto list = ListInputs(flags.paths);
  if (!list.ok()) return UsageError(list.status());
  const absl::Status output = CheckOutput(flags, *list);
  if (!output.ok()) return UsageError(output);
  const auto deid = MakeEngine(flags.engine);
  if (!deid.ok()) return UsageError(deid.status());

  NameFilter output_filter(flags.keep_names);
  const auto targets = Targets(flags, *list, &output_filter);
  if (!targets.ok()) return UsageError(targets.status());
  const absl::Status own =
      CheckOwnFiles(deid->policy(), flags.engine.policy, *targets);
  if (!own.ok()) return UsageError(own);
  if (!flags.quarantine.empty()) {
    const absl::Status apart =
        CheckApart("--quarantine", flags.quarantine, *list, *targets);
    if (!apart.ok()) return UsageError(apart);
  }
  auto audit = OpenAudit(flags, deid->policy(), *list, *targets);
  if (!audit.ok()) return UsageError(audit.status());
  const auto manifest = OpenManifest(flags, deid->policy(), *list);
  if (!manifest.ok()) return UsageError(manifest.status());
  if (IsTree(*list)) RemoveStale(*targets);

  NameFilter shown_filter(flags.show_paths);
  CatchStopSignals();
  return DeidRun({FileSettings(flags, *deid, *format, &*audit), flags.jobs,
                  flags.summary, IsTree(*list) ? flags.output : "",
                  QuarantinePath(flags, *list), !flags.quarantine.empty()},
                 *list, *targets, &shown_filter, manifest->get())
      .Run();
}

}  // namespace phiwire::cli
