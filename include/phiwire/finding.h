// SPDX-License-Identifier: Apache-2.0
//
// A Finding is one stretch of the input that phiwire holds to be PHI.
//
// Offsets are bytes, half-open [begin, end), of the ORIGINAL input (not of the
// canonical buffer the engine scans), and always lie on UTF-8 character
// borders. Findings of one analysis are sorted by begin and never overlap.
//
// score is a probability in [0, 1]; a proof (check digit under its label, a
// known value) is 1.0. Evidence is filled only when it was asked for; its
// weights are log-odds of the finding's group against none at its surest token,
// and sum to that token's log-odds before proofs. Evidence names features,
// which can hold a word of the text ("token-1=dr"): it is for the user's own
// eyes.

#ifndef PHIWIRE_INCLUDE_PHIWIRE_FINDING_H_
#define PHIWIRE_INCLUDE_PHIWIRE_FINDING_H_

#include <cstddef>
#include <string>
#include <vector>

#include "phiwire/types.h"

namespace phiwire {

// One addend of a score: the rule or feature that fired and its log-odds.
struct Term {
  std::string name;
  double weight = 0;
};

struct Finding {
  std::size_t begin = 0;
  std::size_t end = 0;
  PhiType type = PhiType::kName;
  double score = 0;
  // The recognizer, rule or "known value" that decided: a static catalogue
  // name such as "date/numeric"; empty when the evidence model alone did.
  std::string source;
  std::vector<Term> evidence;
};

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_FINDING_H_
