// SPDX-License-Identifier: Apache-2.0

#include "bench/scenarios.h"

#include <array>
#include <map>

#include "bench/format_files.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kBytes = std::size_t{1} << 20;

template <std::size_t kNoteBytes, int kPhiPercent = 10,
          NoteStyle kStyle = NoteStyle::kAscii>
Corpus Notes() {
  return MakeNotes({kNoteBytes, kPhiPercent / 100.0, kStyle},
                   kBytes < kNoteBytes ? 1 : kBytes / kNoteBytes, kSeed);
}

template <Hl7Kind kKind, std::size_t kMessages>
Corpus Hl7() {
  return MakeHl7(kMessages, kSeed, kKind);
}

template <Format kFormat>
Corpus File() {
  return MakeFormatFiles(kFormat, kBytes);
}

constexpr auto kScenarios = std::to_array<Scenario>({
    {"notes-200B", Format::kText, &Notes<200>},
    {"notes-2kB", Format::kText, &Notes<2000>},
    {"notes-20kB", Format::kText, &Notes<20'000>},
    {"notes-2MB", Format::kText, &Notes<2'000'000>},
    {"notes-2kB-phi2", Format::kText, &Notes<2000, 2>},
    {"notes-2kB-phi0", Format::kText, &Notes<2000, 0>},
    {"notes-2kB-accented", Format::kText,
     &Notes<2000, 10, NoteStyle::kAccented>},
    {"notes-2kB-caps", Format::kText, &Notes<2000, 10, NoteStyle::kCaps>},
    {"hl7-adt", Format::kHl7, &Hl7<Hl7Kind::kAdt, 700>},
    {"hl7-oru", Format::kHl7, &Hl7<Hl7Kind::kOru, 300>},
    {"hl7-mix", Format::kHl7, &Hl7<Hl7Kind::kMix, 700>},
    {"csv", Format::kCsv, &File<Format::kCsv>},
    {"logs", Format::kLog, &File<Format::kLog>},
    {"ndjson", Format::kNdjson, &File<Format::kNdjson>},
    {"fhir", Format::kFhir, &File<Format::kFhir>},
    {"ccda", Format::kCcda, &File<Format::kCcda>},
});

bool OneFile(Format format) {
  return format == Format::kHl7 || format == Format::kCsv ||
         format == Format::kLog || format == Format::kNdjson;
}

Input Make(const Scenario& scenario) {
  Corpus corpus = scenario.make();
  Input input;
  input.bytes = corpus.bytes;
  input.planted = corpus.planted;
  if (OneFile(scenario.format) && corpus.bytes > 0) {
    input.files.push_back(Concatenate(corpus));
  } else {
    input.files = std::move(corpus.documents);
  }
  return input;
}

}  // namespace

std::span<const Scenario> Scenarios() { return kScenarios; }

const Scenario& MainScenario() { return kScenarios[1]; }

const Input& InputOf(const Scenario& scenario) {
  static std::map<std::string_view, Input> made;
  const auto [at, is_new] = made.try_emplace(scenario.name);
  if (is_new) at->second = Make(scenario);
  return at->second;
}

}  // namespace phiwire::bench
