// SPDX-License-Identifier: Apache-2.0

#include "bench/fixture.h"

#include <cstdint>
#include <string>

namespace phiwire::bench {

const Deidentifier* SharedDeidentifier(benchmark::State& state) {
  static const absl::StatusOr<Deidentifier> shared =
      Deidentifier::Create(Policy::SafeHarbor());
  if (!shared.ok()) {
    state.SkipWithError(shared.status().ToString().c_str());
    return nullptr;
  }
  return &*shared;
}

void Report(benchmark::State& state, const Corpus& corpus,
            std::size_t findings_per_pass) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(corpus.bytes));
  const auto count = [&state](const char* name, std::size_t n) {
    state.counters[name] = benchmark::Counter(static_cast<double>(n),
                                              benchmark::Counter::kAvgThreads);
  };
  count("documents", corpus.documents.size());
  count("planted", corpus.planted);
  count("findings", findings_per_pass);
  if (corpus.planted == 0 || findings_per_pass * 2 < corpus.planted) {
    state.SkipWithError("found less than half of what was planted");
  }
}

}  // namespace phiwire::bench
