// SPDX-License-Identifier: Apache-2.0
//
// A line on standard error that tells how far the work is: only on a terminal
// and only after two seconds. And the summary after it: documents, findings
// by type, speed. Threads: one at a time.

#ifndef PHIWIRE_APPS_CLI_PROGRESS_H_
#define PHIWIRE_APPS_CLI_PROGRESS_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "phiwire/finding.h"
#include "phiwire/types.h"

namespace phiwire::cli {

struct Tally {
  std::size_t documents = 0;  // files done, refused ones too
  std::size_t refused = 0;    // files and records
  std::uint64_t bytes = 0;
  std::array<std::size_t, kPhiTypeCount> findings{};

  void Count(std::span<const Finding> found);
  void Add(const Tally& other);
};

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

// The aligned table for the end of a run.
std::string Summary(const Tally& tally, double seconds);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_PROGRESS_H_
