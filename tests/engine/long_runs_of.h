// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_TESTS_ENGINE_LONG_RUNS_OF_H_
#define PHIWIRE_TESTS_ENGINE_LONG_RUNS_OF_H_

#include <string_view>
#include <vector>

#include "engine/char_blocks.h"
#include "engine/long_runs.h"

namespace phiwire {

inline std::vector<ByteRun> LongRunsOf(std::string_view text) {
  std::vector<ByteRun> runs = {{1, 2}};  // to be overwritten
  LongRunFinder finder(&runs);
  finder.Start();
  for (std::size_t at = 0; at < text.size(); at += kCharBlock) {
    finder.Add(at, CharBitsAt(text, at, &CharBitsOf).gap);
  }
  finder.Finish(text.size());
  return runs;
}

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_ENGINE_LONG_RUNS_OF_H_
