// SPDX-License-Identifier: Apache-2.0
//
// How the notes of the benchmarks are written when they are not plain ASCII:
// with accents, typographic quotes and signs, or in capitals throughout.

#ifndef PHIWIRE_BENCH_NOTE_STYLES_H_
#define PHIWIRE_BENCH_NOTE_STYLES_H_

#include <string>
#include <string_view>

#include "bench/slots.h"

namespace phiwire::bench {

enum class NoteStyle { kAscii, kAccented, kCaps };

// kAccented: about one word in eight has an accent, apostrophes are
// typographic; one byte in fifty becomes one beyond ASCII.
std::string InStyle(std::string_view note, NoteStyle style, Random* random);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_NOTE_STYLES_H_
