// SPDX-License-Identifier: Apache-2.0
//
// How long one note takes, by wall clock: 20,480 calls of Text over a pool of
// 4,096 different notes, so that neither text nor its words are warm by
// repetition alone. Counters: microseconds; what else ran on the machine is in
// the highest of them, and not in cpu_p99_us, which counts the thread's time.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "bench/cpu_time.h"
#include "bench/fixture.h"

namespace phiwire::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kPool = 4096;
constexpr std::size_t kCalls = 5 * kPool;

double Percentile(std::vector<double>* times, double p) {
  const auto n = static_cast<double>(times->size());
  const std::size_t at =
      std::min(times->size() - 1, static_cast<std::size_t>(n * p));
  const auto nth = times->begin() + static_cast<std::ptrdiff_t>(at);
  std::nth_element(times->begin(), nth, times->end());
  return *nth;
}

void Latency(benchmark::State& state, std::size_t bytes) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  const Corpus pool = MakeNotes({.bytes = bytes}, kPool, kSeed);
  if (pool.documents.size() != kPool) return state.SkipWithError("no notes");
  std::vector<double> took;
  std::vector<double> cpu;
  std::size_t findings = 0;
  for (auto _ : state) {
    took.clear();
    cpu.clear();
    findings = 0;
    for (std::size_t i = 0; i < kCalls; ++i) {
      const double cpu_begin = CpuTime();
      const Clock::time_point begin = Clock::now();
      auto out = deid->Text(pool.documents[i % kPool]);
      const Clock::time_point end = Clock::now();
      cpu.push_back((CpuTime() - cpu_begin) * 1e6);
      if (!out.ok()) return state.SkipWithError("refused");
      findings += out->findings.size();
      took.push_back(
          std::chrono::duration<double, std::micro>(end - begin).count());
    }
  }
  state.counters["p50_us"] = Percentile(&took, 0.5);
  state.counters["p99_us"] = Percentile(&took, 0.99);
  state.counters["p999_us"] = Percentile(&took, 0.999);
  state.counters["cpu_p99_us"] = Percentile(&cpu, 0.99);
  state.counters["documents"] = static_cast<double>(kCalls);
  state.counters["findings"] = static_cast<double>(findings);
}

}  // namespace

void RegisterLatency() {
  const auto add = [](const char* name, std::size_t bytes) {
    benchmark::RegisterBenchmark(
        name, [bytes](benchmark::State& state) { Latency(state, bytes); })
        ->Iterations(1)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  };
  add("latency/200B", 200);
  add("latency/2kB", 2000);
}

}  // namespace phiwire::bench
