// SPDX-License-Identifier: Apache-2.0

#include "bench/fixture.h"

#include <cstdint>
#include <memory>
#include <string>

#include "policy/assembly.h"

namespace phiwire::bench {

const Deidentifier* SharedDeidentifier(benchmark::State& state) {
  static const absl::StatusOr<Deidentifier> shared =
      Deidentifier::Create(Policy::SafeHarbor(), BenchOptions());
  if (!shared.ok()) {
    state.SkipWithError(shared.status().ToString().c_str());
    return nullptr;
  }
  return &*shared;
}

const Pipeline* SharedPipeline(benchmark::State& state) {
  static const absl::StatusOr<std::unique_ptr<const Pipeline>> shared =
      BuildPipeline(Policy::SafeHarbor(), BenchOptions());
  if (!shared.ok()) {
    state.SkipWithError(shared.status().ToString().c_str());
    return nullptr;
  }
  return shared->get();
}

void CountBytes(benchmark::State& state, const Input& input) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(input.bytes));
}

void CountFindings(benchmark::State& state, const Input& input,
                   std::size_t findings) {
  CountBytes(state, input);
  state.counters["documents"] = static_cast<double>(input.files.size());
  state.counters["planted"] = static_cast<double>(input.planted);
  state.counters["findings"] = static_cast<double>(findings);
  if (findings * 2 < input.planted) {
    state.SkipWithError("found less than half of what was planted");
  }
}

}  // namespace phiwire::bench
