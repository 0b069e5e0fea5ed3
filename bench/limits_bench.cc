// SPDX-License-Identifier: Apache-2.0
//
// What the machine and the libraries allow on the same bytes: memcpy, hs_scan
// of one literal and of phiwire's own patterns (matches only counted), words
// cut and looked up in the lexicon. The time of the last two together is the
// limit phiwire's own time is read against.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "bench/fixture.h"
#include "bench/raw_scan.h"
#include "engine/tokenizer.h"

namespace phiwire::bench {
namespace {

using Measure = void (*)(benchmark::State&, const Scenario&);

void MemoryCopy(benchmark::State& state, const Scenario& scenario) {
  const Input& input = InputOf(scenario);
  std::string buffer(input.bytes, '\0');
  for (auto _ : state) {
    char* to = buffer.data();
    for (const std::string& file : input.files) {
      std::memcpy(to, file.data(), file.size());
      to += file.size();
    }
    benchmark::ClobberMemory();
  }
  CountBytes(state, input);
}

void ScanAll(benchmark::State& state, const Scenario& scenario, RawScan* scan) {
  if (!scan->ok()) return state.SkipWithError("no scratch");
  const Input& input = InputOf(scenario);
  std::size_t hits = 0;
  for (auto _ : state) {
    hits = 0;
    for (const std::string& file : input.files) hits += scan->Count(file);
  }
  CountBytes(state, input);
  state.counters["hits"] = static_cast<double>(hits);
}

// A word that clinical text has a few of.
void OneLiteral(benchmark::State& state, const Scenario& scenario) {
  RawScan scan("hospital");
  ScanAll(state, scenario, &scan);
}

void OwnDatabase(benchmark::State& state, const Scenario& scenario) {
  const Pipeline* pipeline = SharedPipeline(state);
  if (pipeline == nullptr) return;
  RawScan scan(pipeline->parts().database->raw());
  ScanAll(state, scenario, &scan);
}

void TokeniseAndLookUp(benchmark::State& state, const Scenario& scenario) {
  const Pipeline* pipeline = SharedPipeline(state);
  if (pipeline == nullptr) return;
  const Input& input = InputOf(scenario);
  WordTable words(*pipeline->parts().lexicon, *pipeline->parts().classes);
  Document document;
  std::size_t count = 0;
  for (auto _ : state) {
    count = 0;
    for (const std::string& file : input.files) {
      document.text = file;
      Tokenize(&words, &document);
      count += document.tokens.size();
    }
  }
  CountBytes(state, input);
  state.counters["tokens"] = static_cast<double>(count);
}

void Register(const Scenario& scenario, const char* what, Measure measure) {
  const std::string name = std::string(scenario.name) + "/" + what;
  benchmark::RegisterBenchmark(name.c_str(),
                               [measure, &scenario](benchmark::State& state) {
                                 measure(state, scenario);
                               });
}

}  // namespace

void RegisterLimits() {
  for (const Scenario& scenario : Scenarios()) {
    Register(scenario, "memcpy", &MemoryCopy);
    Register(scenario, "one_literal", &OneLiteral);
    Register(scenario, "hs_scan", &OwnDatabase);
    Register(scenario, "tokenise", &TokeniseAndLookUp);
  }
}

}  // namespace phiwire::bench
