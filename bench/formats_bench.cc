// SPDX-License-Identifier: Apache-2.0
//
// Structured formats: what reading and writing alone takes, as phiwire does it
// (every slot gets a new value, no text is scanned), and what a library takes
// that only parses the same bytes, or a look at each byte for delimiters.

#include <benchmark/benchmark.h>
#include <expat.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/fixture.h"
#include "policy/format_readers.h"
#include "simdjson.h"

namespace phiwire::bench {
namespace {

// The bytes written; 0 when something was refused.
std::size_t ReadAndWrite(const FormatReader& format, std::string_view file) {
  const auto own = format.Open(file, /*whole=*/true);
  if (!own.ok()) return 0;
  const FormatReader& reader = *own != nullptr ? **own : format;
  const auto records = reader.Split(file);
  if (!records.ok()) return 0;
  std::string written;
  for (const RecordRange& range : *records) {
    const auto record = file.substr(range.begin, range.end - range.begin);
    const auto fields = reader.LateFields(record);
    if (!fields.ok()) return 0;
    std::vector<Edit> edits;
    for (const Field& field : fields->fields) {
      if (field.kind != FieldKind::kSlot || !field.gaps.empty()) continue;
      edits.push_back({field.begin, field.end, "1980"});
    }
    if (!reader.SpliceTo(record, edits, &written).ok()) return 0;
  }
  return written.size();
}

void ReadAndWriteAll(benchmark::State& state, const Scenario& scenario) {
  const auto readers = FormatReaders::Build(Policy::SafeHarbor(), Columns());
  if (!readers.ok()) return state.SkipWithError("no readers");
  const Input& input = InputOf(scenario);
  for (auto _ : state) {
    for (const std::string& file : input.files) {
      if (ReadAndWrite((*readers)[scenario.format], file) == 0) {
        return state.SkipWithError("refused");
      }
    }
  }
  CountBytes(state, input);
}

using Parse = bool (*)(const std::string&);

void ParseAll(benchmark::State& state, const Scenario& scenario, Parse parse) {
  const Input& input = InputOf(scenario);
  for (auto _ : state) {
    for (const std::string& file : input.files) {
      if (!parse(file)) return state.SkipWithError("no parse");
    }
  }
  CountBytes(state, input);
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

struct Parser {
  const char* name = nullptr;
  Parse parse = nullptr;
};

Parser ParserOf(Format format) {
  switch (format) {
    case Format::kHl7:
      return {"delimiters", &CountDelimiters<'|', '^', '~', '&', '\r'>};
    case Format::kCsv:
      return {"delimiters", &CountDelimiters<',', '"', '\n'>};
    case Format::kFhir:
      return {"simdjson", &ParseJson};
    case Format::kCcda:
      return {"expat", &ParseXml};
    default:
      return {};
  }
}

}  // namespace

void RegisterFormats() {
  for (const Scenario& scenario : Scenarios()) {
    if (scenario.format == Format::kText) continue;
    const std::string name = std::string(scenario.name) + "/";
    benchmark::RegisterBenchmark(
        (name + "read_and_write").c_str(),
        [&scenario](benchmark::State& s) { ReadAndWriteAll(s, scenario); });
    const Parser parser = ParserOf(scenario.format);
    if (parser.parse == nullptr) continue;
    benchmark::RegisterBenchmark((name + parser.name).c_str(),
                                 [&scenario, parser](benchmark::State& s) {
                                   ParseAll(s, scenario, parser.parse);
                                 });
  }
}

}  // namespace phiwire::bench
