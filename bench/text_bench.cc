// SPDX-License-Identifier: Apache-2.0
//
// Free text, notes of 2 kB with a tenth of the bytes PHI: the whole way
// (text), without writing the output (analyze), and on several threads.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>

#include "bench/fixture.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kNotes = 500;

const Corpus& Notes() {
  static const Corpus notes = MakeNotes(kNotes, kSeed);
  return notes;
}

void TextEndToEnd(benchmark::State& state) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  std::size_t findings = 0;
  for (auto _ : state) {
    findings = 0;
    for (const std::string& note : Notes().documents) {
      auto output = deid->Text(note);
      if (!output.ok()) {
        state.SkipWithError(output.status().ToString().c_str());
        return;
      }
      findings += output->findings.size();
      benchmark::DoNotOptimize(output->text.data());
    }
  }
  Report(state, Notes(), findings);
}
BENCHMARK(TextEndToEnd)->Name("text/end_to_end")->UseRealTime()->Threads(1);
BENCHMARK(TextEndToEnd)->Name("text/end_to_end")->UseRealTime()->Threads(2);

void TextAnalyze(benchmark::State& state) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  std::size_t findings = 0;
  for (auto _ : state) {
    findings = 0;
    for (const std::string& note : Notes().documents) {
      auto found = deid->Analyze(note);
      if (!found.ok()) {
        state.SkipWithError(found.status().ToString().c_str());
        return;
      }
      findings += found->size();
    }
  }
  Report(state, Notes(), findings);
}
BENCHMARK(TextAnalyze)->Name("text/analyze")->UseRealTime();

}  // namespace
}  // namespace phiwire::bench
