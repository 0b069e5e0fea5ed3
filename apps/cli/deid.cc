// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/deid_audit.h"
#include "apps/cli/deid_document.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/inputs.h"
#include "apps/cli/names.h"
#include "apps/cli/ordered_pipeline.h"
#include "apps/cli/output_file.h"
#include "apps/cli/own_files.h"
#include "apps/cli/progress.h"
#include "apps/cli/stop_signal.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

bool SamePlace(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

// Whether `path`, which need not exist yet, is `folder` or lies in it.
bool LiesIn(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  fs::path at = fs::absolute(path, error).lexically_normal();
  for (; !at.empty(); at = at.parent_path()) {
    if (SamePlace(at, folder)) return true;
    if (at == at.parent_path()) break;
  }
  return false;
}

// An output must never land on, or among, the originals.
absl::Status CheckOutput(const DeidFlags& flags, const InputList& list) {
  if (flags.output.empty()) {
    if (!list.any_folder && list.inputs.size() <= 1) return absl::OkStatus();
    return absl::InvalidArgumentError(
        "several inputs, or a folder, need -o with an output folder");
  }
  for (const std::string& path : flags.paths) {
    if (path == "-") continue;
    std::error_code error;
    const bool inside = fs::is_directory(path, error)
                            ? LiesIn(flags.output, path)
                            : SamePlace(flags.output, path);
    if (inside) {
      return absl::InvalidArgumentError(
          "-o is or lies in an input: the originals are not overwritten");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> Targets(const DeidFlags& flags,
                                                 const InputList& list,
                                                 NameFilter* filter) {
  std::vector<std::string> targets(list.inputs.size(), flags.output);
  std::error_code error;
  const bool folder = list.any_folder || list.inputs.size() > 1 ||
                      fs::is_directory(flags.output, error);
  if (flags.output.empty() || !folder) return targets;
  if (fs::exists(flags.output, error) &&
      !fs::is_directory(flags.output, error)) {
    return absl::InvalidArgumentError("-o must be a folder for these inputs");
  }
  fs::create_directories(flags.output, error);
  if (error) {
    return absl::InvalidArgumentError(
        Concat({"-o: the folder can't be made: ", error.message()}));
  }
  const std::vector<std::string> names = OutputNames(list.inputs, filter);
  for (std::size_t i = 0; i < names.size(); ++i) {
    targets[i] = (fs::path(flags.output) / names[i]).string();
    if (SamePlace(targets[i], list.inputs[i].path)) {
      return absl::InvalidArgumentError(
          "-o holds an input: the originals are not overwritten");
    }
  }
  return targets;
}

// The log is neither read nor replaced by the run it records.
absl::Status CheckAudit(const DeidFlags& flags, const InputList& list,
                        std::span<const std::string> targets) {
  const auto same = [&](const std::string& path) {
    return SameFile(path, flags.audit);
  };
  const bool read =
      std::any_of(list.inputs.begin(), list.inputs.end(),
                  [&](const Input& input) { return same(input.path); });
  if (read || (!flags.output.empty() &&
               std::any_of(targets.begin(), targets.end(), same))) {
    return absl::InvalidArgumentError("--audit is an input or an output");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<DeidAudit>> OpenAudit(
    const DeidFlags& flags, const Policy& policy, const InputList& list,
    std::span<const std::string> targets) {
  if (flags.audit.empty()) return std::optional<DeidAudit>();
  PHIWIRE_RETURN_IF_ERROR(CheckAudit(flags, list, targets));
  PHIWIRE_ASSIGN_OR_RETURN(DeidAudit audit,
                           DeidAudit::Open(flags.audit, policy));
  return std::optional<DeidAudit>(std::move(audit));
}

// A log in UTF-8 needs no look at the whole file.
bool Streams(const DeidSettings& settings) {
  return settings.format == Format::kLog &&
         (settings.encoding == "auto" || settings.encoding == "utf-8");
}

class DeidRun {
 public:
  DeidRun(DeidSettings settings, std::vector<DeidTask> tasks,
          const DeidFlags& flags)
      : settings_(std::move(settings)),
        tasks_(std::move(tasks)),
        flags_(flags),
        progress_(tasks_.size(), Bytes()) {}

  int Run() {
    if (Streams(settings_) && tasks_.size() == 1) {
      Outcome outcome =
          DeidLog(settings_, tasks_.front(), flags_.jobs,
                  [this](const Tally& done) { progress_.Update(done); });
      Take(outcome);
    } else {
      RunFiles();
    }
    progress_.Clear();
    if (flags_.summary || (tasks_.size() > 1 && ::isatty(STDERR_FILENO))) {
      WriteAll(STDERR_FILENO, Summary(done_, progress_.Seconds()))
          .IgnoreError();
    }
    if (StopSignal() != 0) return 128 + StopSignal();
    if (misconfigured_) return kExitUsage;
    return failed_ ? kExitRefused : kExitDone;
  }

 private:
  std::uint64_t Bytes() const {
    std::uint64_t bytes = 0;
    for (const DeidTask& task : tasks_) bytes += task.input.bytes;
    return bytes;
  }

  void RunFiles() {
    std::size_t next = 0;
    OrderedPipeline<const DeidTask*, Outcome> pipeline(
        [&]() -> std::optional<const DeidTask*> {
          if (next == tasks_.size() || StopSignal() != 0) return std::nullopt;
          return &tasks_[next++];
        },
        [&](const DeidTask*& task) {
          return Streams(settings_)
                     ? DeidLog(settings_, *task, 1, [](const Tally&) {})
                     : DeidDocument(settings_, *task);
        },
        [&](Outcome& outcome) { return Take(outcome); });
    pipeline.Run(std::min(flags_.jobs, tasks_.size()));
  }

  bool Take(Outcome& outcome) {
    progress_.Clear();
    for (const std::string& message : outcome.messages) Say(message);
    const absl::Status written = WriteAll(STDOUT_FILENO, outcome.text);
    if (!written.ok()) Say(ToStd(written.message()));
    failed_ = failed_ || outcome.failed || !written.ok();
    misconfigured_ =
        misconfigured_ || outcome.misconfigured || outcome.unaudited;
    done_.Add(outcome.tally);
    progress_.Update(done_);
    return written.ok() && !outcome.unaudited;
  }

  DeidSettings settings_;
  std::vector<DeidTask> tasks_;
  const DeidFlags& flags_;
  Progress progress_;
  Tally done_;
  bool failed_ = false;
  bool misconfigured_ = false;
};

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
  const auto lexicon = OpenLexicon();
  if (!lexicon.ok()) return UsageError(lexicon.status());

  NameFilter output_filter(*lexicon, flags.keep_names);
  const auto targets = Targets(flags, *list, &output_filter);
  if (!targets.ok()) return UsageError(targets.status());
  const absl::Status own =
      CheckOwnFiles(deid->policy(), flags.engine.policy, *targets);
  if (!own.ok()) return UsageError(own);
  auto audit = OpenAudit(flags, deid->policy(), *list, *targets);
  if (!audit.ok()) return UsageError(audit.status());
  NameFilter shown_filter(*lexicon, flags.show_paths);
  std::vector<DeidTask> tasks;
  for (std::size_t i = 0; i < list->inputs.size(); ++i) {
    const Input& input = list->inputs[i];
    tasks.push_back({input, ShownName(input, &shown_filter), (*targets)[i]});
  }
  CatchStopSignals();
  return DeidRun({&*deid,
                  *format,
                  flags.encoding,
                  {flags.subject},
                  audit->has_value() ? &**audit : nullptr},
                 std::move(tasks), flags)
      .Run();
}

}  // namespace phiwire::cli
