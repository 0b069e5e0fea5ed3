// SPDX-License-Identifier: Apache-2.0
//
// Texts made to be slow: whatever a stage looks for, and nothing else, over and
// over. All are valid UTF-8 without NUL, the same bytes at every run. "prose"
// is the first: notes, which the others are held against.

#ifndef PHIWIRE_BENCH_PATHOLOGICAL_H_
#define PHIWIRE_BENCH_PATHOLOGICAL_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire::bench {

std::vector<std::string_view> PathologicalNames();
// What those are made of that repeat one piece.
std::vector<std::string_view> PathologicalUnits();

// About so many bytes of the one with that name; empty for an unknown name.
// Another variant is as long but for a few repetitions, and where words are
// made at random it has others: what was learned from one helps little with
// the next.
std::string MakePathological(std::string_view name, std::size_t bytes,
                             unsigned variant = 0);

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_PATHOLOGICAL_H_
