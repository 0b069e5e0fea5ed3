// SPDX-License-Identifier: Apache-2.0
//
// All inputs of a `phiwire deid`, over several threads. Small files are spread
// over them whole, the blocks of a large one one by one; either way messages,
// list and standard output come in the order of the inputs, and what is under
// way at once is bounded by bytes.

#ifndef PHIWIRE_APPS_CLI_DEID_RUN_H_
#define PHIWIRE_APPS_CLI_DEID_RUN_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "apps/cli/deid_file.h"
#include "apps/cli/input_list.h"
#include "apps/cli/names.h"
#include "apps/cli/output_paths.h"
#include "apps/cli/progress.h"
#include "apps/cli/publisher.h"
#include "apps/cli/quarantine.h"

namespace phiwire::cli {

class DeidRun {
 public:
  struct Settings {
    DeidSettings file;
    std::size_t jobs = 1;
    bool summary = false;
    std::string folder;  // of the outputs; empty: one output
    std::string quarantine;
    bool keep_quarantine = false;  // even when it is empty
  };

  // All but the settings outlives the run. `manifest` may be null.
  DeidRun(Settings settings, const InputList& inputs,
          const OutputPaths& outputs, NameFilter* shown_names,
          Manifest* manifest);

  // The exit code.
  int Run();

 private:
  struct Active;
  struct Job;
  struct Result;

  std::optional<Job> Next();
  bool IsLarge(const Input& input) const;
  std::shared_ptr<Active> Open();
  Job SmallFiles();
  Result Work(Job& job) const;
  bool Take(Result& result);
  bool TakeOutcome(Active* active);
  void Tell(const DeidTask& task, const Incident& incident);
  absl::Status Publish(Outcome* outcome, const DeidTask& task);
  int Finish();

  Settings settings_;
  const InputList& inputs_;
  const OutputPaths& outputs_;
  NameFilter* shown_names_;
  Publisher publisher_;
  Quarantine quarantine_;
  Progress progress_;

  // Of the reading thread.
  std::size_t next_ = 0;
  std::shared_ptr<Active> current_;  // a large file, read block by block

  // Of the thread in Take.
  Tally done_;
  absl::Status fatal_;
  bool failed_ = false;
  bool misconfigured_ = false;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_DEID_RUN_H_
