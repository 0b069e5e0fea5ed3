// SPDX-License-Identifier: Apache-2.0
//
// What the matcher alone costs on the same notes and the same database, and
// what memory allows: the two bounds that text/end_to_end is read against.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "engine/hs_database.h"
#include "recognizers/catalogue.h"
#include "recognizers/confirmer.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kNotes = 500;
constexpr std::size_t kMaxHits = 1 << 20;

absl::StatusOr<HsDatabase> CompileCatalogue() {
  auto catalogue = Catalogue::Load(PHIWIRE_BENCH_DATA_DIR "/catalogue");
  if (!catalogue.ok()) return catalogue.status();
  auto confirmer = CatalogueConfirmer::Create(*std::move(catalogue));
  if (!confirmer.ok()) return confirmer.status();
  return HsDatabase::Compile((*confirmer)->patterns());
}

void HyperscanScan(benchmark::State& state) {
  const Corpus notes = MakeNotes(kNotes, kSeed);
  const auto database = CompileCatalogue();
  if (!database.ok()) {
    state.SkipWithError(database.status().ToString().c_str());
    return;
  }
  auto scratch = database->NewScratch();
  std::vector<Hit> hits;
  std::size_t total = 0;
  for (auto _ : state) {
    total = 0;
    for (const std::string& note : notes.documents) {
      hits.clear();
      if (!scratch.ok() ||
          !database->Scan(note, &*scratch, kMaxHits, &hits).ok()) {
        state.SkipWithError("the scan failed");
        return;
      }
      total += hits.size();
    }
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(notes.bytes));
  state.counters["patterns"] = static_cast<double>(database->pattern_count());
  state.counters["hits"] = static_cast<double>(total);
  if (total == 0) state.SkipWithError("no pattern matched");
}
BENCHMARK(HyperscanScan)->Name("scan/hyperscan")->UseRealTime();

void MemoryCopy(benchmark::State& state) {
  const Corpus notes = MakeNotes(kNotes, kSeed);
  if (notes.bytes == 0) {
    state.SkipWithError("no notes");
    return;
  }
  std::string buffer(notes.bytes, '\0');
  for (auto _ : state) {
    char* to = buffer.data();
    for (const std::string& note : notes.documents) {
      std::memcpy(to, note.data(), note.size());
      to += note.size();
    }
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(notes.bytes));
}
BENCHMARK(MemoryCopy)->Name("scan/memcpy")->UseRealTime();

}  // namespace
}  // namespace phiwire::bench
