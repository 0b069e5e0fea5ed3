// SPDX-License-Identifier: Apache-2.0
//
// A line on standard error that tells how far the work is, with a bar, the rate
// and the time left: only on a terminal and only after two seconds. Threads:
// one at a time.

#ifndef PHIWIRE_APPS_CLI_PROGRESS_H_
#define PHIWIRE_APPS_CLI_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "apps/cli/tally.h"

namespace phiwire::cli {

class Progress {
 public:
  // `bytes` 0: unknown, as for a pipe.
  Progress(std::size_t documents, std::uint64_t bytes);
  ~Progress() { Clear(); }

  void Update(const Tally& done);
  void Clear();  // before anything else is written to the terminal
  double Seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  std::string Line(const Tally& done) const;

  std::size_t documents_;
  std::uint64_t bytes_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_PROGRESS_H_
