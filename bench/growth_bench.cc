// SPDX-License-Identifier: Apache-2.0
//
// How time grows with length, on prose and on texts made to be slow: each at
// 20 kB, 200 kB and 2 MB (20 MB with --long). A refusal is an answer too; it is
// counted as "refused" instead of findings.

#include <benchmark/benchmark.h>

#include <string>

#include "bench/fixture.h"
#include "bench/pathological.h"

namespace phiwire::bench {
namespace {

struct Size {
  const char* name;
  std::size_t bytes;
  int iterations;
};
constexpr Size kSizes[] = {{"20kB", 20'000, 12},
                           {"200kB", 200'000, 2},
                           {"2MB", 2'000'000, 1},
                           {"20MB", 20'000'000, 1}};

void Growth(benchmark::State& state, std::string_view name, std::size_t bytes) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  const std::string text = MakePathological(name, bytes);
  bool refused = false;
  std::size_t findings = 0;
  for (auto _ : state) {
    auto out = deid->Text(text);
    refused = !out.ok();
    findings = refused ? 0 : out->findings.size();
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(text.size()));
  state.counters["findings"] = static_cast<double>(findings);
  if (refused) state.counters["refused"] = 1;
}

}  // namespace

void RegisterGrowth(bool with_long) {
  for (const std::string_view name : PathologicalNames()) {
    for (const Size& size : kSizes) {
      if (size.bytes > 2'000'000 && !with_long) continue;
      const std::string full = "growth/" + std::string(name) + "/" + size.name;
      benchmark::RegisterBenchmark(full.c_str(), [name, size](
                                                     benchmark::State& state) {
        Growth(state, name, size.bytes);
      })->Iterations(size.iterations);
    }
  }
}

}  // namespace phiwire::bench
