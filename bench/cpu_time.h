// SPDX-License-Identifier: Apache-2.0
//
// Seconds of processor time of this thread: other work on the machine is not in
// it, but for what it does to the caches.

#ifndef PHIWIRE_BENCH_CPU_TIME_H_
#define PHIWIRE_BENCH_CPU_TIME_H_

#include <time.h>

namespace phiwire::bench {

inline double CpuTime() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_CPU_TIME_H_
