// SPDX-License-Identifier: Apache-2.0
//
// How time grows with length, on prose and on texts made to be slow: each at
// 20 kB, 200 kB and 2 MB (20 MB with --long). A refusal is an answer too; it is
// counted as "refused" instead of findings.
//
// A short text is timed more often than a long one. So that what a first time
// takes (pages of memory, words not met before) is no part of one only, a text
// of the size comes first, untimed, which also gives the findings; and each
// text timed is another variant, with other words where it has words. A longer
// one still comes before, for arrays that would grow; and malloc is told to
// keep what is given back to it, or each long text's output would be made of
// new pages, which the short ones' are not.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <memory>
#include <string>
#include <vector>

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
                           {"200kB", 200'000, 3},
                           {"2MB", 2'000'000, 1},
                           {"20MB", 20'000'000, 1}};

// Its memory is given back before anything is timed.
void Count(const absl::StatusOr<Output>& out, benchmark::State* state) {
  state->counters["findings"] =
      out.ok() ? static_cast<double>(out->findings.size()) : 0;
  if (!out.ok()) state->counters["refused"] = 1;
}

// `variant`: of the texts made so far.
void Growth(benchmark::State& state, std::string_view name, std::size_t bytes,
            unsigned* variant) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
  // Before what is given back, which the outputs then have for themselves.
  std::vector<std::string> texts(
      static_cast<std::size_t>(state.max_iterations));
  std::size_t all = 0;
  for (std::string& text : texts) {
    text = MakePathological(name, bytes, ++*variant);
    all += text.size();
  }
  // More than will be timed first, so that no array grows any more.
  benchmark::DoNotOptimize(
      deid->Text(MakePathological(name, bytes + bytes / 16)).ok());
  Count(deid->Text(MakePathological(name, bytes)), &state);
  auto text = texts.begin();
  for (auto _ : state) {
    benchmark::DoNotOptimize(deid->Text(*text++).ok());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(all));
}

}  // namespace

void RegisterGrowth(bool with_long) {
  for (const std::string_view name : PathologicalNames()) {
    for (const Size& size : kSizes) {
      if (size.bytes > 2'000'000 && !with_long) continue;
      const std::string full = "growth/" + std::string(name) + "/" + size.name;
      benchmark::RegisterBenchmark(
          full.c_str(),
          [name, size,
           variant = std::make_shared<unsigned>(0)](benchmark::State& state) {
            Growth(state, name, size.bytes, variant.get());
          })
          ->Iterations(size.iterations);
    }
  }
}

}  // namespace phiwire::bench
