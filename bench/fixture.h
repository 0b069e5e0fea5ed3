// SPDX-License-Identifier: Apache-2.0
//
// What the benchmarks share: the Deidentifier and the pipeline under test, made
// once for all of them (safe-harbor, BenchOptions), and the counters.
//
// "findings" is counted wherever phiwire looks for something;
// bench/findings.tsv has the numbers that tools/bench_run.py holds them
// against. A run that finds less than half of the identifiers planted is an
// error by itself.

#ifndef PHIWIRE_BENCH_FIXTURE_H_
#define PHIWIRE_BENCH_FIXTURE_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>

#include "bench/options.h"
#include "bench/scenarios.h"
#include "engine/pipeline.h"
#include "phiwire/phiwire.h"

namespace phiwire::bench {

// nullptr, after state.SkipWithError, when it can't be made.
const Deidentifier* SharedDeidentifier(benchmark::State& state);
// The engine alone, for what the public interface does not show.
const Pipeline* SharedPipeline(benchmark::State& state);

// Bytes a second of passes over the input.
void CountBytes(benchmark::State& state, const Input& input);
// The same, and findings of one pass.
void CountFindings(benchmark::State& state, const Input& input,
                   std::size_t findings);

// bench/*_bench.cc: each adds its benchmarks; programs/bench.cc
// calls them.
void RegisterLimits();
void RegisterThroughput();
void RegisterFormats();
void RegisterStages();
void RegisterCores();
void RegisterLatency();
void RegisterCreate();
void RegisterGrowth(bool with_long);  // 20 MB too

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_FIXTURE_H_
