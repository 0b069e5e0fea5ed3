// SPDX-License-Identifier: Apache-2.0
//
// Values a second by type, where the type decides (anonymizers_bench.cc has one
// type each): 4,096 different values, 16 a record, a new session a record.

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/key_ring.h"
#include "bench/slots.h"
#include "policy/anonymizer_catalogue.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kValues = 4096;
constexpr std::size_t kRecord = 16;
constexpr std::uint64_t kSeed = 20240131;

struct ByType {
  PhiType type;
  std::string_view form;  // template of slots.h
};

// The first argument of a benchmark is an index here.
constexpr auto kTypes = std::to_array<ByType>({
    {PhiType::kName, "{first} {last}"},
    {PhiType::kStreet, "{street}"},
    {PhiType::kCity, "{city}"},
    {PhiType::kZip, "{zip}"},
    {PhiType::kPhone, "{phone}"},
    {PhiType::kEmail, "{email}"},
    {PhiType::kSsn, "{ssn}"},
    {PhiType::kMedicalRecord, "{mrn}"},
    {PhiType::kId, "{accession}"},
    {PhiType::kFacility, "{facility}"},
});

std::vector<std::string> ValuesOf(std::string_view form) {
  Random random(kSeed);
  std::vector<std::string> values;
  while (values.size() < kValues) {
    values.push_back(Filler(&random).Fill(form));
  }
  return values;
}

void AnonymizeType(benchmark::State& state, std::string_view name) {
  const ByType& what = kTypes[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(std::string(TypeName(what.type)));
  const auto keys =
      KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, 7)));
  AnonymizerContext context;
  context.slots = {2024};
  context.keys = &*keys;
  context.data_dir = PHIWIRE_BENCH_DATA_DIR;
  const auto made = FindAnonymizer(name)->make({}, context);
  if (!made.ok()) {
    state.SkipWithError("the anonymizer can't be made");
    return;
  }
  const std::vector<std::string> values = ValuesOf(what.form);
  std::size_t at = 0;
  for (auto _ : state) {
    Session session("4711");
    for (std::size_t i = at; i < at + kRecord; ++i) {
      session.AddValue(what.type, values[i]);
    }
    for (std::size_t i = at; i < at + kRecord; ++i) {
      auto out = (*made)->Apply({what.type, SlotGrammar::kFreeText, values[i]},
                                session);
      if (!out.ok()) {
        state.SkipWithError("a value was refused");
        return;
      }
      benchmark::DoNotOptimize(out->data());
    }
    at = (at + kRecord) % kValues;
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kRecord));
}

BENCHMARK_CAPTURE(AnonymizeType, hash, "hash")
    ->DenseRange(0, kTypes.size() - 1);
BENCHMARK_CAPTURE(AnonymizeType, surrogate, "surrogate")
    ->DenseRange(0, kTypes.size() - 1);

}  // namespace
}  // namespace phiwire::bench
