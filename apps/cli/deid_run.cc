// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/deid_run.h"

#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

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
// Small files are read, then worked on, then written, so many at once: between
// two files the kernel's code would put the engine's out of the nearest caches.
constexpr std::size_t kMostTogether = 16;
constexpr std::uint64_t kMostBytesTogether = std::uint64_t{256} << 10;

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
  std::vector<std::shared_ptr<Active>> files;
  std::optional<Block> block;  // of the only file; none: the files whole
};

struct DeidRun::Result {
  std::vector<std::shared_ptr<Active>> files;
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
        if (job.block) return kLeast + job.block->text.size();
        std::size_t cost = 0;
        for (const auto& active : job.files) {
          cost += kLeast + static_cast<std::size_t>(active->task.input.bytes);
        }
        return cost;
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
    if (!IsLarge(inputs_[next_])) return SmallFiles();
    current_ = Open();
  }
  return Job{{current_}, current_->file.Next()};
}

bool DeidRun::IsLarge(const Input& input) const {
  return inputs_.size() == 1 || input.path == "-" || input.bytes >= kLarge;
}

std::shared_ptr<DeidRun::Active> DeidRun::Open() {
  const std::size_t i = next_++;
  return std::make_shared<Active>(settings_.file,
                                  DeidTask{inputs_[i], outputs_[i]});
}

// Fewer where few are left, so that all threads have some.
DeidRun::Job DeidRun::SmallFiles() {
  const std::size_t most = std::clamp<std::size_t>(
      (inputs_.size() - next_) / (4 * settings_.jobs), 1, kMostTogether);
  Job job;
  std::uint64_t bytes = 0;
  do {
    bytes += inputs_[next_].bytes;
    job.files.push_back(Open());
  } while (job.files.size() < most && next_ < inputs_.size() &&
           bytes + inputs_[next_].bytes <= kMostBytesTogether &&
           !IsLarge(inputs_[next_]));
  return job;
}

DeidRun::Result DeidRun::Work(Job& job) const {
  Result result{std::move(job.files), std::nullopt};
  if (job.block) {
    result.block = result.files.front()->file.Work(*job.block);
    return result;
  }
  std::vector<Block> blocks;
  for (const auto& active : result.files) {
    blocks.push_back(active->file.Next());
  }
  std::vector<BlockResult> done;
  for (std::size_t f = 0; f < blocks.size(); ++f) {
    done.push_back(result.files[f]->file.Work(blocks[f]));
  }
  for (std::size_t f = 0; f < done.size(); ++f) {
    result.files[f]->file.Take(done[f]);
    result.files[f]->file.RunToEnd();
  }
  return result;
}

bool DeidRun::Take(Result& result) {
  if (result.block) result.files.front()->file.Take(*result.block);
  for (const auto& active : result.files) {
    if (!TakeOutcome(active.get())) return false;
  }
  return true;
}

bool DeidRun::TakeOutcome(Active* active) {
  const DeidTask& task = active->task;
  Outcome outcome = active->file.TakeOutcome();
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
