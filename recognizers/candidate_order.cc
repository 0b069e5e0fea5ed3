// SPDX-License-Identifier: Apache-2.0

#include "recognizers/candidate_order.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/ask_ahead.h"

namespace phiwire {
namespace {

// Moves a place may cost on average before a run counts as out of order.
constexpr std::size_t kMoves = 8;
// Candidates that memory is asked for before they are read.
constexpr std::size_t kAhead = 32;

// Of two that begin and end together.
bool Surer(const Candidate& a, const Candidate& b) {
  return a.score != b.score ? a.score > b.score : a.pattern < b.pattern;
}

// Takes candidates sorted by begin, the longer first. Those of one type inside
// a longer one that is at least as sure tell nothing more: dropped.
class Outermost {
 public:
  explicit Outermost(std::vector<Candidate>* kept) : kept_(*kept) {
    kept_.clear();
    outer_.fill(std::numeric_limits<std::size_t>::max());
  }
  void Take(const Candidate& c) {
    std::size_t& index = outer_[static_cast<std::size_t>(c.type)];
    const bool any = index < kept_.size();
    if (any) {
      const Candidate& o = kept_[index];
      const bool inside = c.begin >= o.begin && c.end <= o.end;
      if (inside && o.score >= c.score && (o.proof || !c.proof)) return;
    }
    if (!any || c.end >= kept_[index].end) index = kept_.size();
    kept_.push_back(c);
  }

 private:
  std::vector<Candidate>& kept_;
  std::array<std::size_t, kPhiTypeCount> outer_;  // the last, by type
};

}  // namespace

void CandidateOrder::Apply(std::vector<Candidate>* candidates) {
  const Candidate* const all = candidates->data();
  EndRun(*candidates);
  places_.clear();
  for (std::uint32_t i = 0; i < candidates->size(); ++i) {
    AskAhead(all + i, kAhead);
    places_.push_back({std::uint64_t{all[i].begin} << 32 | ~all[i].end, i});
  }
  std::size_t begin = 0;
  for (const std::size_t end : run_ends_) {
    SortRun(begin, end, all);
    begin = end;
  }
  MergeRuns(all);
  Outermost outermost(&sorted_);
  for (const Place& place : places_) {
    AskAhead(all + place.index, kAhead);
    outermost.Take(all[place.index]);
  }
  candidates->swap(sorted_);
}

void CandidateOrder::SortRun(std::size_t begin, std::size_t end,
                             const Candidate* all) {
  const auto before = [all](const Place& a, const Place& b) {
    if (a.key != b.key) return a.key < b.key;
    return Surer(all[a.index], all[b.index]);
  };
  std::size_t moves = kMoves * (end - begin);
  for (std::size_t i = begin + 1; i < end; ++i) {
    const Place place = places_[i];
    std::size_t at = i;
    for (; at > begin && before(place, places_[at - 1]); --at, --moves) {
      if (moves == 0) break;
      places_[at] = places_[at - 1];
    }
    places_[at] = place;
    if (moves == 0) break;
  }
  if (moves != 0) return;
  const auto first = places_.begin();
  std::sort(first + static_cast<std::ptrdiff_t>(begin),
            first + static_cast<std::ptrdiff_t>(end), before);
}

void CandidateOrder::MergeRuns(const Candidate* all) {
  const auto before = [all](const Place& a, const Place& b) {
    if (a.key != b.key) return a.key < b.key;
    return Surer(all[a.index], all[b.index]);
  };
  while (run_ends_.size() > 1) {
    merged_.resize(places_.size());
    std::size_t kept = 0;
    std::size_t begin = 0;
    for (std::size_t r = 0; r < run_ends_.size(); r += 2) {
      const std::size_t middle = run_ends_[r];
      const std::size_t end =
          r + 1 < run_ends_.size() ? run_ends_[r + 1] : middle;
      const auto at = [](auto& v, std::size_t i) {
        return v.begin() + static_cast<std::ptrdiff_t>(i);
      };
      std::merge(at(places_, begin), at(places_, middle), at(places_, middle),
                 at(places_, end), at(merged_, begin), before);
      run_ends_[kept++] = end;
      begin = end;
    }
    run_ends_.resize(kept);
    places_.swap(merged_);
  }
}

}  // namespace phiwire
