// SPDX-License-Identifier: Apache-2.0
//
// phiwire_bench [--long] [GOOGLE BENCHMARK FLAGS]: ./dev bench runs it, and
// makes one record of what it and the other programs here measured.

#include <benchmark/benchmark.h>

#include <string_view>

#include "bench/fixture.h"

int main(int argc, char** argv) {
  const bool with_long = argc > 1 && std::string_view(argv[1]) == "--long";
  if (with_long) {
    argv[1] = argv[0];
    --argc;
    ++argv;
  }
  phiwire::bench::RegisterLimits();
  phiwire::bench::RegisterThroughput();
  phiwire::bench::RegisterFormats();
  phiwire::bench::RegisterStages();
  phiwire::bench::RegisterCores();
  phiwire::bench::RegisterLatency();
  phiwire::bench::RegisterCreate();
  phiwire::bench::RegisterGrowth(with_long);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
