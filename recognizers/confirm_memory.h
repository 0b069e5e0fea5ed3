// SPDX-License-Identifier: Apache-2.0
//
// What the confirm stage keeps from text to text on one thread: the shapes'
// automaton as far as texts have made it, and lists that keep their memory.

#ifndef PHIWIRE_RECOGNIZERS_CONFIRM_MEMORY_H_
#define PHIWIRE_RECOGNIZERS_CONFIRM_MEMORY_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/document.h"
#include "recognizers/candidate_order.h"
#include "recognizers/near_labels.h"
#include "recognizers/shape_scanner.h"
#include "recognizers/token_cues.h"
#include "recognizers/word_shapes.h"

namespace phiwire {

struct ConfirmMemory : StageMemory {
  // A context's tokens [first, last).
  struct ContextTokens {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  std::unique_ptr<ShapeScanner> scanner;
  std::unique_ptr<ShapeScanner> word_scanner;
  NearLabels near;
  TokenCues::Memory cues;
  // Tokens where a phrase may begin, of those that are looked at.
  std::vector<std::uint32_t> anchors;
  std::vector<std::uint32_t> shapes;  // tokens where a shape may begin
  std::vector<ContextTokens> context_tokens;
  std::vector<std::uint32_t> word_starts;  // bytes where WordShapes may begin
  std::vector<std::uint32_t> mark_starts;  // bytes of their marks
  std::vector<ShapeMatch> found;
  std::vector<WordMatch> word_matches;
  std::vector<std::uint32_t> taken;  // by shape, then by trigger
  std::size_t last_token = 0;        // that a walker began from
  CandidateOrder order;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_CONFIRM_MEMORY_H_
