// SPDX-License-Identifier: Apache-2.0
//
// Structured formats: what reading and writing alone takes (every slot gets a
// new value, no text is scanned), what a library takes that only parses the
// same bytes, and the whole way.

#include <benchmark/benchmark.h>
#include <expat.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/fixture.h"
#include "bench/format_files.h"
#include "policy/format_readers.h"
#include "simdjson.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kBytes = std::size_t{2} << 20;
constexpr std::size_t kMessages = 1000;

// HL7 messages and CSV rows are one file; the others a file a document.
std::vector<std::string> Files(Format format, Corpus* corpus) {
  *corpus = format == Format::kHl7 ? MakeHl7(kMessages, kSeed)
                                   : MakeFormatFiles(format, kBytes);
  if (format == Format::kHl7 || format == Format::kCsv) {
    return {Concatenate(*corpus)};
  }
  return corpus->documents;
}

// Nothing is looked for, so there are no findings to hold against.
void CountBytes(benchmark::State& state, const Corpus& corpus) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(corpus.bytes));
}

// The bytes written; 0 when something was refused.
std::size_t ReadAndWrite(const FormatReader& format, std::string_view file) {
  const auto own = format.Open(file, /*whole=*/true);
  if (!own.ok()) return 0;
  const FormatReader& reader = *own != nullptr ? **own : format;
  const auto records = reader.Split(file);
  if (!records.ok()) return 0;
  std::size_t written = 0;
  for (const RecordRange& range : *records) {
    const auto record = file.substr(range.begin, range.end - range.begin);
    const auto fields = reader.Fields(record);
    if (!fields.ok()) return 0;
    std::vector<Edit> edits;
    for (const Field& field : fields->fields) {
      if (field.kind != FieldKind::kSlot || !field.gaps.empty()) continue;
      edits.push_back({field.begin, field.end, "1980"});
    }
    const auto out = reader.Splice(record, edits);
    if (!out.ok()) return 0;
    written += out->size();
  }
  return written;
}

void ReadAndWriteAll(benchmark::State& state, Format format) {
  const auto readers = FormatReaders::Build(Policy::SafeHarbor(), Columns());
  if (!readers.ok()) return state.SkipWithError("no readers");
  Corpus corpus;
  const std::vector<std::string> files = Files(format, &corpus);
  for (auto _ : state) {
    for (const std::string& file : files) {
      if (ReadAndWrite((*readers)[format], file) == 0) {
        return state.SkipWithError("refused");
      }
    }
  }
  CountBytes(state, corpus);
}

void EndToEnd(benchmark::State& state, Format format) {
  const Deidentifier* deid = SharedDeidentifier(state);
  if (deid == nullptr) return;
  Corpus corpus;
  const std::vector<std::string> files = Files(format, &corpus);
  std::size_t findings = 0;
  for (auto _ : state) {
    findings = 0;
    for (const std::string& file : files) {
      auto output = deid->File(file, format);
      if (!output.ok() || !output->refusals.empty()) {
        return state.SkipWithError("refused");
      }
      findings += output->findings.size();
    }
  }
  Report(state, corpus, findings);
}

void ParseAll(benchmark::State& state, Format format,
              bool (*parse)(const std::string&)) {
  Corpus corpus;
  const std::vector<std::string> files = Files(format, &corpus);
  for (auto _ : state) {
    for (const std::string& file : files) {
      if (!parse(file)) return state.SkipWithError("no parse");
    }
  }
  CountBytes(state, corpus);
}

// Every byte is held against the delimiters, none is understood.
template <char... kDelimiters>
bool CountDelimiters(const std::string& file) {
  std::size_t count = 0;
  for (const char c : file) count += ((c == kDelimiters) || ...) ? 1 : 0;
  benchmark::DoNotOptimize(count);
  return count > 0;
}

bool ParseJson(const std::string& file) {
  static thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  return parser.parse(file).get(root) == simdjson::SUCCESS;
}

bool ParseXml(const std::string& file) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), &XML_ParserFree);
  return XML_Parse(parser.get(), file.data(), static_cast<int>(file.size()),
                   1) == XML_STATUS_OK;
}

#define PHIWIRE_FORMAT_BENCH(name, format)         \
  BENCHMARK_CAPTURE(ReadAndWriteAll, name, format) \
      ->Name("formats/" #name "/read_and_write")   \
      ->UseRealTime();                             \
  BENCHMARK_CAPTURE(EndToEnd, name, format)        \
      ->Name("formats/" #name "/end_to_end")       \
      ->UseRealTime()

PHIWIRE_FORMAT_BENCH(hl7, Format::kHl7);
PHIWIRE_FORMAT_BENCH(csv, Format::kCsv);
PHIWIRE_FORMAT_BENCH(fhir, Format::kFhir);
PHIWIRE_FORMAT_BENCH(ccda, Format::kCcda);
BENCHMARK_CAPTURE(ParseAll, hl7, Format::kHl7,
                  &CountDelimiters<'|', '^', '~', '&', '\r'>)
    ->Name("formats/hl7/delimiters_alone")
    ->UseRealTime();
BENCHMARK_CAPTURE(ParseAll, csv, Format::kCsv, &CountDelimiters<',', '"', '\n'>)
    ->Name("formats/csv/delimiters_alone")
    ->UseRealTime();
BENCHMARK_CAPTURE(ParseAll, fhir, Format::kFhir, &ParseJson)
    ->Name("formats/fhir/simdjson_alone")
    ->UseRealTime();
BENCHMARK_CAPTURE(ParseAll, ccda, Format::kCcda, &ParseXml)
    ->Name("formats/ccda/expat_alone")
    ->UseRealTime();

}  // namespace
}  // namespace phiwire::bench
