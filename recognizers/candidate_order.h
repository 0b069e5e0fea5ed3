// SPDX-License-Identifier: Apache-2.0
//
// Puts the candidates of a document in order and drops those that tell nothing
// more than another. They come in a few runs (behind anchors, behind labels, at
// numbers, at words, at hits), each of which is nearly in order already.
// Belongs to one thread.

#ifndef PHIWIRE_RECOGNIZERS_CANDIDATE_ORDER_H_
#define PHIWIRE_RECOGNIZERS_CANDIDATE_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/document.h"

namespace phiwire {

class CandidateOrder {
 public:
  void Start() { run_ends_.clear(); }
  // The candidates so far, from the last end on, are one run.
  void EndRun(const std::vector<Candidate>& candidates) {
    run_ends_.push_back(candidates.size());
  }
  // By begin, then the longer, the surer, the earlier rule first; without
  // those of one type inside a longer one that is at least as sure.
  void Apply(std::vector<Candidate>* candidates);

 private:
  // The key sorts by begin and, of equal begins, the longer first.
  struct Place {
    std::uint64_t key = 0;
    std::uint32_t index = 0;
  };

  void SortRun(std::size_t begin, std::size_t end, const Candidate* all);
  void MergeRuns(const Candidate* all);

  std::vector<std::size_t> run_ends_;
  std::vector<Place> places_;
  std::vector<Place> merged_;
  std::vector<Candidate> sorted_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_CANDIDATE_ORDER_H_
