// SPDX-License-Identifier: Apache-2.0
//
// Files of structured formats, made from bench/templates/formats with the same
// identifiers as the notes and sentences of the notes as their free text. The
// same seed gives the same bytes.

#ifndef PHIWIRE_BENCH_FORMAT_FILES_H_
#define PHIWIRE_BENCH_FORMAT_FILES_H_

#include <cstddef>
#include <cstdint>

#include "bench/corpus.h"
#include "phiwire/types.h"

namespace phiwire::bench {

// kCsv, kLog, kNdjson (rows, entries, a note a line: parts of one file), kFhir
// (Bundles), kCcda (documents). `bytes`: about how much.
Corpus MakeFormatFiles(Format format, std::size_t bytes,
                       std::uint64_t seed = kSeed);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_FORMAT_FILES_H_
