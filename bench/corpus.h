// SPDX-License-Identifier: Apache-2.0
//
// The benchmarks' inputs, made from bench/templates with a fixed seed: the
// same bytes on every machine. Notes are natural clinical prose of about 2 kB
// with a tenth of the bytes PHI; HL7 is nine ADT messages to one ORU with 15 %
// of the bytes free text. `planted` counts the identifiers put in, so that a
// run that finds nothing can't pass for a fast one.
//
//   const Corpus corpus = MakeNotes(1000, kSeed);

#ifndef PHIWIRE_BENCH_CORPUS_H_
#define PHIWIRE_BENCH_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace phiwire::bench {

inline constexpr std::uint64_t kSeed = 20260401;

struct Corpus {
  std::vector<std::string> documents;  // notes, or HL7 messages (CR ends)
  std::size_t bytes = 0;               // of all documents
  std::size_t planted = 0;             // identifiers put in
  std::size_t planted_bytes = 0;
  std::size_t free_text_bytes = 0;  // notes: all of them
};

// Both are empty when bench/templates can't be read.
Corpus MakeNotes(std::size_t count, std::uint64_t seed);
Corpus MakeHl7(std::size_t count, std::uint64_t seed);

// All documents in one buffer; HL7 messages one after the other.
std::string Concatenate(const Corpus& corpus);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_CORPUS_H_
