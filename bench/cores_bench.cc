// SPDX-License-Identifier: Apache-2.0
//
// What a second core adds: the same work on one thread and on two at once, each
// thread on all of the input, in turn and in one run. The counters are MB/s of
// the best round of each and their ratio. What the machine allows is measured
// likewise, by words cut and looked up in a table of each thread's own: two
// processors of a virtual machine may be one core's.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "bench/fixture.h"
#include "engine/tokenizer.h"

namespace phiwire::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Work = std::function<bool()>;  // of one thread; false: it failed
constexpr int kRounds = 16;  // of some 30 ms: the best one is undisturbed
constexpr int kThreads = 2;
constexpr int kTokenised = 16;  // times, some 30 ms

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

bool TokeniseAll(const Pipeline& pipeline, const Input& input) {
  WordTable words(*pipeline.parts().lexicon, *pipeline.parts().classes);
  Document document;
  for (int i = 0; i < kTokenised; ++i) {
    for (const std::string& file : input.files) {
      document.text = file;
      Tokenize(&words, &document);
    }
  }
  return !document.tokens.empty();
}

// Wall time of `threads` threads; negative when one failed.
double Seconds(const Work& work, int threads) {
  std::atomic<bool> go = false;
  std::atomic<bool> good = true;
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      while (!go) std::this_thread::yield();
      if (!work()) good = false;
    });
  }
  const Clock::time_point begin = Clock::now();
  go = true;
  for (std::thread& worker : workers) worker.join();
  const double took =
      std::chrono::duration<double>(Clock::now() - begin).count();
  return good ? took : -1;
}

void Measure(benchmark::State& state, const Work& work, std::size_t bytes) {
  double one = std::numeric_limits<double>::infinity();
  double two = one;
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
      const double a = Seconds(work, 1);
      const double b = Seconds(work, kThreads);
      if (a < 0 || b < 0) return state.SkipWithError("refused");
      one = std::min(one, a);
      two = std::min(two, b);
    }
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  state.counters["one_MBs"] = megabytes / one;
  state.counters["two_MBs"] = kThreads * megabytes / two;
  state.counters["ratio"] = kThreads * one / two;
}

void Cores(benchmark::State& state, const Scenario& scenario) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  const Input& input = InputOf(scenario);
  Measure(
      state, [&] { return DeidAll(*deid, scenario, input); }, input.bytes);
}

void MachineCores(benchmark::State& state, const Scenario& scenario) {
  const Pipeline* pipeline = SharedPipeline(state);
  if (pipeline == nullptr) return;
  const Input& input = InputOf(scenario);
  Measure(
      state, [&] { return TokeniseAll(*pipeline, input); },
      std::size_t{kTokenised} * input.bytes);
}

void Register(const std::string& name, const Scenario& scenario,
              void (*run)(benchmark::State&, const Scenario&)) {
  benchmark::RegisterBenchmark(
      ("cores/" + name).c_str(),
      [&scenario, run](benchmark::State& state) { run(state, scenario); })
      ->Iterations(1)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

void RegisterCores() {
  for (const Scenario& scenario : Scenarios()) {
    const std::string name(scenario.name);
    if (name != "notes-2kB" && name != "hl7-mix") continue;
    Register(name, scenario, &Cores);
    if (name == "notes-2kB") Register("machine", scenario, &MachineCores);
  }
}

}  // namespace phiwire::bench
