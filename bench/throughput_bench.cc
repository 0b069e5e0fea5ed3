// SPDX-License-Identifier: Apache-2.0
//
// phiwire on every scenario: analyze finds and reports, deid writes the output
// too. One thread, one call a note or a file.

#include <benchmark/benchmark.h>

#include <optional>
#include <string>

#include "bench/fixture.h"

namespace phiwire::bench {
namespace {

// Findings of one text or file; nothing when it or a record is refused.
std::optional<std::size_t> Analyze(const Deidentifier& deid, Format format,
                                   const std::string& file) {
  if (format == Format::kText) {
    auto found = deid.Analyze(file);
    if (!found.ok()) return std::nullopt;
    return found->size();
  }
  auto found = deid.AnalyzeFile(file, format);
  if (!found.ok() || !found->refusals.empty()) return std::nullopt;
  return found->findings.size();
}

std::optional<std::size_t> Deid(const Deidentifier& deid, Format format,
                                const std::string& file) {
  if (format == Format::kText) {
    auto out = deid.Text(file);
    if (!out.ok()) return std::nullopt;
    benchmark::DoNotOptimize(out->text.data());
    return out->findings.size();
  }
  auto out = deid.File(file, format);
  if (!out.ok() || !out->refusals.empty()) return std::nullopt;
  benchmark::DoNotOptimize(out->text.data());
  return out->findings.size();
}

using Work = std::optional<std::size_t> (*)(const Deidentifier&, Format,
                                            const std::string&);

void Measure(benchmark::State& state, const Scenario& scenario, Work work) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  const Input& input = InputOf(scenario);
  std::size_t findings = 0;
  for (auto _ : state) {
    findings = 0;
    for (const std::string& file : input.files) {
      const auto found = work(*deid, scenario.format, file);
      if (!found) return state.SkipWithError("refused");
      findings += *found;
    }
  }
  CountFindings(state, input, findings);
}

void Register(const Scenario& scenario, const char* what, Work work) {
  const std::string name = std::string(scenario.name) + "/" + what;
  benchmark::RegisterBenchmark(name.c_str(),
                               [work, &scenario](benchmark::State& state) {
                                 Measure(state, scenario, work);
                               });
}

}  // namespace

void RegisterThroughput() {
  for (const Scenario& scenario : Scenarios()) {
    Register(scenario, "analyze", &Analyze);
    Register(scenario, "deid", &Deid);
  }
}

}  // namespace phiwire::bench
