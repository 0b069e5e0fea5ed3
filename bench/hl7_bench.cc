// SPDX-License-Identifier: Apache-2.0
//
// A file of HL7 v2 messages, nine ADT to one ORU, 15 % of the bytes free text.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>

#include "bench/fixture.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kMessages = 1000;

void Hl7EndToEnd(benchmark::State& state) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  const Corpus messages = MakeHl7(kMessages, kSeed);
  const std::string file = Concatenate(messages);
  std::size_t findings = 0;
  for (auto _ : state) {
    auto output = deid->File(file, Format::kHl7);
    if (!output.ok() || !output->refusals.empty()) {
      state.SkipWithError("a message was refused");
      return;
    }
    findings = output->findings.size();
    benchmark::DoNotOptimize(output->text.data());
  }
  Report(state, messages, findings);
}
BENCHMARK(Hl7EndToEnd)->Name("hl7/end_to_end")->UseRealTime();

}  // namespace
}  // namespace phiwire::bench
