// SPDX-License-Identifier: Apache-2.0
//
// Time to make a Deidentifier: with the pattern database compiled anew, and
// read from the cache.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "phiwire/phiwire.h"

namespace phiwire::bench {
namespace {

void Create(benchmark::State& state, const Options& options) {
  for (auto _ : state) {
    auto deid = Deidentifier::Create(Policy::SafeHarbor(), options);
    if (!deid.ok()) {
      state.SkipWithError(deid.status().ToString().c_str());
      return;
    }
    benchmark::DoNotOptimize(&*deid);
  }
}

void CreateCold(benchmark::State& state) { Create(state, {}); }
BENCHMARK(CreateCold)->Name("create/compiled")->Unit(benchmark::kMillisecond);

void CreateCached(benchmark::State& state) {
  Options options;
  options.cache_dir = PHIWIRE_BINARY_DIR "/bench/cache";
  std::error_code error;
  std::filesystem::create_directories(options.cache_dir, error);
  if (!Deidentifier::Create(Policy::SafeHarbor(), options).ok()) {
    state.SkipWithError("can't fill the cache");
    return;
  }
  Create(state, options);
}
BENCHMARK(CreateCached)->Name("create/cached")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace phiwire::bench
