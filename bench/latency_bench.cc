// SPDX-License-Identifier: Apache-2.0
//
// How long one note takes, by wall clock: 20,480 calls of Text over a pool of
// 4,096 different notes, so that neither text nor its words are warm by
// repetition alone. Counters: microseconds. What else ran on the machine is in
// the highest of them; not in cpu_p99_us, which counts the thread's time, but
// for interrupts, which count there too. machine_p99_us has nothing but that:
// it is of arithmetic that takes as long as the median note and touches no
// memory.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
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

// A chain of multiplications, which takes a register alone.
void Multiply(std::size_t times) {
  std::uint64_t value = 1;
  for (std::size_t i = 0; i < times; ++i) {
    value *= 0x9E3779B97F4A7C15u;
    asm volatile("" : "+r"(value));
  }
}

double Microseconds(Clock::duration took) {
  return std::chrono::duration<double, std::micro>(took).count();
}

// The 99th percentile of kCalls times so much arithmetic as takes `median`
// where nothing comes between.
double MachineP99(double median) {
  constexpr std::size_t kProbe = 10'000;
  double probe = std::numeric_limits<double>::max();
  const auto timed = [](std::size_t times) {
    const Clock::time_point begin = Clock::now();
    Multiply(times);
    return Microseconds(Clock::now() - begin);
  };
  for (int i = 0; i < 100; ++i) probe = std::min(probe, timed(kProbe));
  const auto times =
      static_cast<std::size_t>(static_cast<double>(kProbe) * median / probe);
  std::vector<double> took(kCalls);
  for (double& t : took) t = timed(times);
  return Percentile(&took, 0.99);
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
      took.push_back(Microseconds(end - begin));
    }
  }
  const double median = Percentile(&took, 0.5);
  state.counters["p50_us"] = median;
  state.counters["p99_us"] = Percentile(&took, 0.99);
  state.counters["p999_us"] = Percentile(&took, 0.999);
  state.counters["cpu_p99_us"] = Percentile(&cpu, 0.99);
  state.counters["machine_p99_us"] = MachineP99(median);
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
