// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid_run.h"

#include <unistd.h>

#include <utility>

#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/ordered_pipeline.h"
#include "apps/cli/output_file.h"
#include "apps/cli/stop_signal.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

// Files from here on are worked on by all threads at once.
constexpr std::uint64_t kLarge = std::uint64_t{1} << 20;
// Of input under way, a thread; it takes several times as much to work on it.
constexpr std::size_t kBudget = std::size_t{4} << 20;
// What a file costs that is all but empty.
constexpr std::size_t kLeast = 4096;

std::string Message(std::size_t ordinal, std::string_view shown,
                    const Incident& incident) {
  const absl::Status reason = absl::UnknownError(ToAbsl(incident.reason));
  switch (incident.kind) {
    case Incident::Kind::kRefusedInput:
      return RefusedInput(ordinal, shown, reason);
    case Incident::Kind::kRefusedRecord:
      return RefusedRecord(
          ordinal, shown,
          {incident.ordinal, incident.begin, incident.end, reason});
    case Incident::Kind::kRemoved:
      return RemovedPart(ordinal, shown,
                         {incident.ordinal, incident.begin, incident.end,
                          incident.where, incident.reason});
    case Incident::Kind::kUnsure:
      return UnsureFormat(ordinal, shown, incident.where, incident.reason);
  }
  return "";
}

}  // namespace

struct DeidRun::Active {
  Active(const DeidSettings& settings, DeidTask of)
      : task(std::move(of)), file(settings, task) {}
  const DeidTask task;
  DeidFile file;
};

struct DeidRun::Job {
  std::shared_ptr<Active> active;
  std::optional<Block> block;  // none: the file whole
};

struct DeidRun::Result {
  std::shared_ptr<Active> active;
  std::optional<BlockResult> block;
};

DeidRun::DeidRun(Settings settings, const InputList& inputs,
                 const OutputPaths& outputs, NameFilter* shown_names,
                 Manifest* manifest)
    : settings_(std::move(settings)),
      inputs_(inputs),
      outputs_(outputs),
      shown_names_(shown_names),
      publisher_(settings_.folder, manifest),
      quarantine_(settings_.quarantine, settings_.keep_quarantine),
      progress_(inputs.size(), inputs.bytes()) {
  settings_.file.manifest = manifest;
}

int DeidRun::Run() {
  OrderedPipeline<Job, Result> pipeline(
      [this] { return Next(); }, [this](Job& job) { return Work(job); },
      [this](Result& result) { return Take(result); });
  pipeline.SetBudget(
      [](const Job& job) {
        return kLeast +
               (job.block
                    ? job.block->text.size()
                    : static_cast<std::size_t>(job.active->task.input.bytes));
      },
      kBudget * settings_.jobs);
  pipeline.Run(settings_.jobs);
  return Finish();
}

std::optional<DeidRun::Job> DeidRun::Next() {
  if (StopSignal() != 0) return std::nullopt;
  if (current_ != nullptr && current_->file.ended()) current_.reset();
  if (current_ == nullptr) {
    if (next_ == inputs_.size()) return std::nullopt;
    auto active = std::make_shared<Active>(
        settings_.file, DeidTask{inputs_[next_], outputs_[next_]});
    ++next_;
    const Input& input = active->task.input;
    const bool large =
        inputs_.size() == 1 || input.path == "-" || input.bytes >= kLarge;
    if (!large) return Job{std::move(active), std::nullopt};
    current_ = std::move(active);
  }
  return Job{current_, current_->file.Next()};
}

DeidRun::Result DeidRun::Work(Job& job) const {
  Result result{job.active, std::nullopt};
  if (job.block) {
    result.block = job.active->file.Work(*job.block);
  } else {
    job.active->file.RunWhole();
  }
  return result;
}

bool DeidRun::Take(Result& result) {
  const DeidTask& task = result.active->task;
  if (result.block) result.active->file.Take(*result.block);
  Outcome outcome = result.active->file.TakeOutcome();
  for (const Incident& incident : outcome.incidents) Tell(task, incident);
  if (outcome.fatal.ok()) outcome.fatal = Publish(&outcome, task);
  failed_ = failed_ || outcome.failed || !outcome.fatal.ok();
  misconfigured_ = misconfigured_ || outcome.misconfigured;
  done_.Add(outcome.tally);
  progress_.Update(done_);
  fatal_ = outcome.fatal;
  return fatal_.ok();
}

void DeidRun::Tell(const DeidTask& task, const Incident& incident) {
  progress_.Clear();
  const std::string shown = ShownName(task.input, shown_names_);
  Say(Message(task.input.ordinal, shown, incident));
  if (incident.kind != Incident::Kind::kUnsure) {
    quarantine_.Add(task.input.ordinal, shown, incident);
  }
}

absl::Status DeidRun::Publish(Outcome* outcome, const DeidTask& task) {
  if (outcome->file) {
    return publisher_.Add(*std::move(outcome->file),
                          std::move(outcome->manifest_line), task.input.bytes);
  }
  return outcome->manifest_line.empty()
             ? absl::OkStatus()
             : publisher_.Add(std::move(outcome->manifest_line));
}

int DeidRun::Finish() {
  current_.reset();  // its temporary file
  progress_.Clear();
  const absl::Status flushed = publisher_.Flush();
  if (fatal_.ok()) fatal_ = flushed;
  const absl::Status listed = quarantine_.Finish();
  if (fatal_.ok()) fatal_ = listed;
  if (StopSignal() != 0) fatal_ = absl::CancelledError("interrupted");
  if (!fatal_.ok()) {
    failed_ = true;
    const bool can_go_on = settings_.file.manifest != nullptr;
    Say(Concat({ToStd(fatal_.message()),
                can_go_on ? ": --resume goes on from here" : ""}));
  }
  if (settings_.summary || (inputs_.size() > 1 && ::isatty(STDERR_FILENO))) {
    WriteAll(STDERR_FILENO, Summary(done_, progress_.Seconds())).IgnoreError();
  }
  if (StopSignal() != 0) return 128 + StopSignal();
  if (misconfigured_) return kExitUsage;
  return failed_ ? kExitRefused : kExitDone;
}

}  // namespace phiwire::cli
