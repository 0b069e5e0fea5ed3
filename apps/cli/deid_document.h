// SPDX-License-Identifier: Apache-2.0
//
// One input of `phiwire deid`, read, freed of its PHI and written.
//
// Threads: DeidDocument and DeidLog may run on several inputs at once.

#ifndef PHIWIRE_APPS_CLI_DEID_DOCUMENT_H_
#define PHIWIRE_APPS_CLI_DEID_DOCUMENT_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "apps/cli/deid_audit.h"
#include "apps/cli/inputs.h"
#include "apps/cli/progress.h"
#include "phiwire/deidentifier.h"

namespace phiwire::cli {

struct DeidTask {
  Input input;
  std::string shown;   // filtered path, for messages
  std::string target;  // file; empty: standard output
};

struct Outcome {
  std::string text;  // for standard output
  std::vector<std::string> messages;
  Tally tally;
  bool failed = false;  // something was refused or not written
  // Refused because the policy asks for what was not given (a patient for
  // date_shift) or can't be done to the value (a domain too small for fpe).
  bool misconfigured = false;
  bool unaudited = false;  // the audit log can't be written: all ends here
};

struct DeidSettings {
  const Deidentifier* deid = nullptr;
  Format format = Format::kAuto;
  std::string encoding = "auto";
  RecordOptions about;
  DeidAudit* audit = nullptr;  // null: no audit log
};

// The whole file at once.
Outcome DeidDocument(const DeidSettings& settings, const DeidTask& task);

// A log, block by block, on `threads` threads. To standard output each block
// goes as soon as it is done; `report` is told after each.
Outcome DeidLog(const DeidSettings& settings, const DeidTask& task,
                std::size_t threads,
                const std::function<void(const Tally&)>& report);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_DEID_DOCUMENT_H_
