// SPDX-License-Identifier: Apache-2.0
//
// Values a second of each anonymizer: 4,096 different values of one type, one
// session a round, so a record of as many findings.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/token_vault.h"
#include "base/key_ring.h"
#include "policy/anonymizer_catalogue.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kValues = 4096;

std::string ValueOf(PhiType type, std::size_t i) {
  const std::string n = std::to_string(1000000 + i * 7919 % 9000000);
  switch (type) {
    case PhiType::kName:
      return "Quackenbush" + std::to_string(i) + ", Zebulon";
    case PhiType::kDate:
      return std::to_string(1 + i % 12) + "/" + std::to_string(1 + i % 28) +
             "/" + std::to_string(1950 + i % 70);
    default:
      return n.substr(0, 3) + "-" + n.substr(3, 2) + "-" + n.substr(3, 4);
  }
}

void Anonymize(benchmark::State& state, std::string_view name, PhiType type) {
  const auto keys =
      KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, 7)));
  const auto vault = TokenVault::ForRun();
  AnonymizerContext context;
  context.slots = {2024};
  context.keys = &*keys;
  context.vault = vault->get();
  context.data_dir = PHIWIRE_BENCH_DATA_DIR;
  const auto made = FindAnonymizer(name)->make({}, context);
  if (!made.ok()) {
    state.SkipWithError("the anonymizer can't be made");
    return;
  }
  std::vector<std::string> values;
  for (std::size_t i = 0; i < kValues; ++i) values.push_back(ValueOf(type, i));
  for (auto _ : state) {
    Session session("4711");
    for (const std::string& value : values) {
      auto out = (*made)->Apply({type, SlotGrammar::kFreeText, value}, session);
      if (!out.ok()) {
        state.SkipWithError("a value was refused");
        return;
      }
      benchmark::DoNotOptimize(out->data());
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kValues));
}

BENCHMARK_CAPTURE(Anonymize, replace, "replace", PhiType::kSsn);
BENCHMARK_CAPTURE(Anonymize, mask, "mask", PhiType::kSsn);
BENCHMARK_CAPTURE(Anonymize, hash, "hash", PhiType::kSsn);
BENCHMARK_CAPTURE(Anonymize, hash_names, "hash", PhiType::kName);
BENCHMARK_CAPTURE(Anonymize, token_of_a_run, "token", PhiType::kSsn);
BENCHMARK_CAPTURE(Anonymize, encrypt, "encrypt", PhiType::kSsn);
BENCHMARK_CAPTURE(Anonymize, fpe, "fpe", PhiType::kSsn);
BENCHMARK_CAPTURE(Anonymize, date_shift, "date_shift", PhiType::kDate);
BENCHMARK_CAPTURE(Anonymize, generalize, "generalize", PhiType::kDate);
BENCHMARK_CAPTURE(Anonymize, surrogate_names, "surrogate", PhiType::kName);
BENCHMARK_CAPTURE(Anonymize, surrogate_ids, "surrogate", PhiType::kSsn);

}  // namespace
}  // namespace phiwire::bench
