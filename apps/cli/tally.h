// SPDX-License-Identifier: Apache-2.0
//
// The counts of a run, and the table at its end. No content.

#ifndef PHIWIRE_APPS_CLI_TALLY_H_
#define PHIWIRE_APPS_CLI_TALLY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "phiwire/types.h"

namespace phiwire::cli {

struct Tally {
  std::size_t documents = 0;  // files done, refused ones too
  std::size_t records = 0;
  std::size_t refused = 0;  // files and records
  std::size_t removed = 0;  // what no scan can read
  std::size_t skipped = 0;  // files done by an earlier run
  std::uint64_t bytes = 0;  // as they are on the disk
  std::array<std::size_t, kPhiTypeCount> findings{};
  std::array<std::size_t, kFormatCount> formats{};  // files by format

  void Add(const Tally& other);
};

// The aligned table for the end of a run.
std::string Summary(const Tally& tally, double seconds);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_TALLY_H_
