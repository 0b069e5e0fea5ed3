// SPDX-License-Identifier: Apache-2.0
//
// What a second core adds: the same work on one thread and on two at once, each
// thread on all of the input, in turn and in one run. The counters are MB/s of
// the best round of each and their ratio.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "bench/fixture.h"

namespace phiwire::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRounds = 16;  // of some 30 ms: the best one is undisturbed
constexpr int kThreads = 2;

bool DeidAll(const Deidentifier& deid, const Scenario& scenario,
             const Input& input) {
  for (const std::string& file : input.files) {
    const bool done = scenario.format == Format::kText
                          ? deid.Text(file).ok()
                          : deid.File(file, scenario.format).ok();
    if (!done) return false;
  }
  return true;
}

// Wall time of `threads` threads; negative when something was refused.
double Seconds(const Deidentifier& deid, const Scenario& scenario,
               const Input& input, int threads) {
  std::atomic<bool> go = false;
  std::atomic<bool> good = true;
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      while (!go) std::this_thread::yield();
      if (!DeidAll(deid, scenario, input)) good = false;
    });
  }
  const Clock::time_point begin = Clock::now();
  go = true;
  for (std::thread& worker : workers) worker.join();
  const double took =
      std::chrono::duration<double>(Clock::now() - begin).count();
  return good ? took : -1;
}

void Cores(benchmark::State& state, const Scenario& scenario) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  const Input& input = InputOf(scenario);
  double one = std::numeric_limits<double>::infinity();
  double two = one;
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
      const double a = Seconds(*deid, scenario, input, 1);
      const double b = Seconds(*deid, scenario, input, kThreads);
      if (a < 0 || b < 0) return state.SkipWithError("refused");
      one = std::min(one, a);
      two = std::min(two, b);
    }
  }
  const double megabytes = static_cast<double>(input.bytes) / 1e6;
  state.counters["one_MBs"] = megabytes / one;
  state.counters["two_MBs"] = kThreads * megabytes / two;
  state.counters["ratio"] = kThreads * one / two;
}

}  // namespace

void RegisterCores() {
  for (const Scenario& scenario : Scenarios()) {
    if (scenario.name != "notes-2kB" && scenario.name != "hl7-mix") continue;
    benchmark::RegisterBenchmark(
        ("cores/" + std::string(scenario.name)).c_str(),
        [&scenario](benchmark::State& state) { Cores(state, scenario); })
        ->Iterations(1)
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace phiwire::bench
