// SPDX-License-Identifier: Apache-2.0
//
// The benchmarks' inputs, made from bench/templates with a fixed seed: the
// same bytes on every machine. Notes are natural clinical prose of about 2 kB
// with a tenth of the bytes PHI; HL7 is nine ADT messages to one ORU with 15 %
// of the bytes free text. `planted` counts the identifiers put in, so that a
// run that finds nothing can't pass for a fast one; 0: not counted.
//
//   const Corpus corpus = MakeNotes(1000, kSeed);

#ifndef PHIWIRE_BENCH_CORPUS_H_
#define PHIWIRE_BENCH_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/note_styles.h"

namespace phiwire::bench {

inline constexpr std::uint64_t kSeed = 20260401;

struct Corpus {
  std::vector<std::string> documents;  // notes, or HL7 messages (CR ends)
  std::size_t bytes = 0;               // of all documents
  std::size_t planted = 0;             // identifiers put in
  std::size_t planted_bytes = 0;
  std::size_t free_text_bytes = 0;  // notes: all of them
};

// Notes are whole templates, at 2 kB; shorter ones are cut from them at the end
// of a sentence, longer ones made of several. A share below a tenth leaves out
// headings and signatures.
struct NoteOptions {
  std::size_t bytes = 2000;  // about, of one note
  double phi_share = 0.10;   // of the bytes; nothing planted at 0
  NoteStyle style = NoteStyle::kAscii;
};

enum class Hl7Kind { kMix, kAdt, kOru };  // the mix, or only its ADT or ORU

// All are empty when bench/templates can't be read.
Corpus MakeNotes(std::size_t count, std::uint64_t seed);
Corpus MakeNotes(const NoteOptions& options, std::size_t count,
                 std::uint64_t seed);
Corpus MakeHl7(std::size_t count, std::uint64_t seed,
               Hl7Kind kind = Hl7Kind::kMix);

// All documents in one buffer; HL7 messages one after the other.
std::string Concatenate(const Corpus& corpus);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_CORPUS_H_
