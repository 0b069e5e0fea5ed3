// SPDX-License-Identifier: Apache-2.0
//
// Time to make a Deidentifier: with the pattern database compiled anew, and
// read from the cache.

#include <benchmark/benchmark.h>

#include "bench/fixture.h"

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

void Created(benchmark::State& state) {
  Options options = BenchOptions();
  options.cache_dir.clear();
  Create(state, options);
}

void CreatedFromCache(benchmark::State& state) {
  const Options options = BenchOptions();
  if (!Deidentifier::Create(Policy::SafeHarbor(), options).ok()) {
    return state.SkipWithError("can't fill the cache");
  }
  Create(state, options);
}

}  // namespace

void RegisterCreate() {
  benchmark::RegisterBenchmark("create/compiled", &Created)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
  benchmark::RegisterBenchmark("create/cached", &CreatedFromCache)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace phiwire::bench
