// SPDX-License-Identifier: Apache-2.0
//
// Text hidden in base64 or hexadecimal inside a text: "U21pdGgsIEpvaG4=",
// "536d6974682c204a6f686e". Only runs of 16 characters or more that decode to
// printable UTF-8 with letters or digits for half of it are reported; a random
// run of that length decodes so about once in 10^5. The caller scans the
// decoded text and, on a finding, replaces the whole run.
//
// They are looked for in the long runs (engine/long_runs.h), which the caller
// has found.

#ifndef PHIWIRE_ENGINE_EMBEDDED_H_
#define PHIWIRE_ENGINE_EMBEDDED_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/long_runs.h"

namespace phiwire {

struct EmbeddedText {
  std::string text;       // decoded, valid UTF-8 without control characters
  std::size_t begin = 0;  // of the run (with its padding), in the canonical
  std::size_t end = 0;
};

// In order of begin, disjoint; at most `max` of them. A caller that must not
// miss one asks for one more than it takes and refuses the text beyond.
std::vector<EmbeddedText> FindEmbedded(std::string_view canonical,
                                       std::span<const ByteRun> long_runs,
                                       std::size_t max);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_EMBEDDED_H_
