// SPDX-License-Identifier: Apache-2.0

#include "bench/options.h"

#include <filesystem>
#include <system_error>

namespace phiwire::bench {

Options BenchOptions() {
  Options options;
  options.data_dir = PHIWIRE_BENCH_DATA_DIR;
  options.cache_dir = PHIWIRE_BINARY_DIR "/bench/cache";
  std::error_code error;  // without it the patterns are compiled
  std::filesystem::create_directories(options.cache_dir, error);
  return options;
}

}  // namespace phiwire::bench
