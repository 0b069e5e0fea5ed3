// SPDX-License-Identifier: Apache-2.0
//
// phiwire_bench_allocations: bytes and calls of malloc (and so of operator new)
// that one document takes once all working memory has grown. This program
// counts by standing in for malloc, which the others don't have to pay for.
//
//   scan      stages 1 to 4 (Pipeline::Prepare)
//   pipeline  all six, findings into a vector that is there
//   analyze   Deidentifier::Analyze: the findings are the caller's
//   deid      Deidentifier::Text: and the text

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>
#include <vector>

#include "bench/fixture.h"

namespace {
thread_local std::size_t t_bytes = 0;
thread_local std::size_t t_calls = 0;

void Note(std::size_t size) {
  t_bytes += size;
  ++t_calls;
}
}  // namespace

// glibc's own, under the names it keeps for this.
extern "C" {
void* __libc_malloc(std::size_t);                 // NOLINT
void* __libc_calloc(std::size_t, std::size_t);    // NOLINT
void* __libc_realloc(void*, std::size_t);         // NOLINT
void* __libc_memalign(std::size_t, std::size_t);  // NOLINT

void* malloc(std::size_t size) {
  Note(size);
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  Note(count * size);
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  Note(size);
  return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  Note(size);
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  Note(size);
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? 12 : 0;  // ENOMEM
}
}

namespace phiwire::bench {
namespace {

constexpr int kWarmUps = 3;

// `work` on every document, some rounds to grow, one that counts.
template <typename Work>
void Count(benchmark::State& state, const Scenario& scenario, Work work) {
  const Input& input = InputOf(scenario);
  std::size_t bytes = 0;
  std::size_t calls = 0;
  for (auto _ : state) {
    for (int i = 0; i < kWarmUps; ++i) {
      for (const std::string& file : input.files) work(file);
    }
    t_bytes = t_calls = 0;
    for (const std::string& file : input.files) {
      if (!work(file)) return state.SkipWithError("refused");
    }
    bytes = t_bytes;
    calls = t_calls;
  }
  const auto documents = static_cast<double>(input.files.size());
  state.counters["bytes_per_document"] = static_cast<double>(bytes) / documents;
  state.counters["calls_per_document"] = static_cast<double>(calls) / documents;
}

void Scan(benchmark::State& state, const Scenario& scenario) {
  const Pipeline* pipeline = SharedPipeline(state);
  if (pipeline == nullptr) return;
  auto scratch = pipeline->NewScratch();
  if (!scratch.ok()) return state.SkipWithError("no working memory");
  Count(state, scenario, [&](const std::string& text) {
    return pipeline->Prepare(text, {}, scratch->get()).ok();
  });
}

void AllStages(benchmark::State& state, const Scenario& scenario) {
  const Pipeline* pipeline = SharedPipeline(state);
  if (pipeline == nullptr) return;
  auto scratch = pipeline->NewScratch();
  if (!scratch.ok()) return state.SkipWithError("no working memory");
  std::vector<Finding> findings;
  Count(state, scenario, [&](const std::string& text) {
    return pipeline->Run(text, {}, {}, scratch->get(), &findings).ok();
  });
}

void Analyze(benchmark::State& state, const Scenario& scenario) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  Count(state, scenario,
        [&](const std::string& text) { return deid->Analyze(text).ok(); });
}

void Deid(benchmark::State& state, const Scenario& scenario) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  Count(state, scenario,
        [&](const std::string& text) { return deid->Text(text).ok(); });
}

void Register(const Scenario& scenario, const char* what,
              void (*measure)(benchmark::State&, const Scenario&)) {
  const std::string name =
      "allocations/" + std::string(scenario.name) + "/" + what;
  benchmark::RegisterBenchmark(name.c_str(), [measure, &scenario](
                                                 benchmark::State& state) {
    measure(state, scenario);
  })->Iterations(1);
}

void RegisterAllocations() {
  for (const Scenario& scenario : Scenarios()) {
    if (scenario.format != Format::kText) continue;
    Register(scenario, "scan", &Scan);
    Register(scenario, "pipeline", &AllStages);
    Register(scenario, "analyze", &Analyze);
    Register(scenario, "deid", &Deid);
  }
}

}  // namespace
}  // namespace phiwire::bench

int main(int argc, char** argv) {
  phiwire::bench::RegisterAllocations();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
