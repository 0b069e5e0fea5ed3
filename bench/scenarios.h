// SPDX-License-Identifier: Apache-2.0
//
// The inputs that limits and phiwire are both measured on, by name. Made when
// first asked for and kept; for one thread, but what is got may be shared.
//
//   notes-200B notes-2kB notes-20kB notes-2MB   a tenth of the bytes PHI, ASCII
//   notes-2kB-phi2 -phi0                        2 %, none
//   notes-2kB-accented -caps
//   hl7-adt hl7-oru hl7-mix                     nine to one in the mix
//   csv logs ndjson fhir ccda

#ifndef PHIWIRE_BENCH_SCENARIOS_H_
#define PHIWIRE_BENCH_SCENARIOS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/corpus.h"
#include "phiwire/types.h"

namespace phiwire::bench {

struct Scenario {
  std::string_view name;
  Format format;
  Corpus (*make)();
};

std::span<const Scenario> Scenarios();

struct Input {
  std::vector<std::string> files;  // notes: a text each
  std::size_t bytes = 0;
  std::size_t planted = 0;  // identifiers; 0: not counted
};

// Of one of Scenarios(), about a megabyte; no files when templates can't be
// read.
const Input& InputOf(const Scenario& scenario);

// The scenario of notes-2kB.
const Scenario& MainScenario();

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_SCENARIOS_H_
