// SPDX-License-Identifier: Apache-2.0
//
// What every benchmark shares: the Deidentifier under test, made once for all
// of them (safe-harbor, no cache on disk), and the counters. A run that finds
// less than half of the identifiers planted is an error, not a result.

#ifndef PHIWIRE_BENCH_FIXTURE_H_
#define PHIWIRE_BENCH_FIXTURE_H_

#include <benchmark/benchmark.h>

#include <cstddef>

#include "bench/corpus.h"
#include "phiwire/phiwire.h"

namespace phiwire::bench {

// nullptr, after state.SkipWithError, when it can't be made.
const Deidentifier* SharedDeidentifier(benchmark::State& state);

// Bytes a second, and findings per pass over the corpus.
void Report(benchmark::State& state, const Corpus& corpus,
            std::size_t findings_per_pass);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_FIXTURE_H_
