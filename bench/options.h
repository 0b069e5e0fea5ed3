// SPDX-License-Identifier: Apache-2.0
//
// The engine that benchmarks and their programs measure: of this build's data,
// its compiled patterns kept in the build folder.

#ifndef PHIWIRE_BENCH_OPTIONS_H_
#define PHIWIRE_BENCH_OPTIONS_H_

#include "phiwire/phiwire.h"

namespace phiwire::bench {

Options BenchOptions();

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_OPTIONS_H_
