// SPDX-License-Identifier: Apache-2.0
//
// Files made to be slow: as bench/pathological.h has texts, each for the reader
// of its format. A head, a piece over and over, and what ends the file.

#ifndef PHIWIRE_BENCH_SLOW_FILES_H_
#define PHIWIRE_BENCH_SLOW_FILES_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "phiwire/types.h"

namespace phiwire::bench {

struct SlowFile {
  std::string_view name;
  Format format = Format::kText;
  std::string_view head;
  std::string_view unit;
  std::string_view tail;
};

std::span<const SlowFile> SlowFiles();

// About so many bytes of it.
std::string MakeSlowFile(const SlowFile& file, std::size_t bytes);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_SLOW_FILES_H_
