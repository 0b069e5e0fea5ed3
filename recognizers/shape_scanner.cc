// SPDX-License-Identifier: Apache-2.0

#include "recognizers/shape_scanner.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace phiwire {

using Op = ShapeProgram::Op;

ShapeScanner::ShapeScanner(std::shared_ptr<const ShapeProgram> program)
    : program_(std::move(program)),
      row_shift_(
          static_cast<unsigned>(std::bit_width(program_->class_count() - 1))),
      seen_(program_->steps().size()) {
  Reset();
}

void ShapeScanner::Reset() {
  edges_.clear();
  ends_before_.clear();
  states_.clear();
  steps_of_.clear();
  steps_before_.clear();
  state_numbers_.clear();
  ends_.assign(1, {});
  end_numbers_.clear();
  StateOf({});  // kDead
  State start;
  ++round_;
  for (const std::uint32_t step : program_->starts()) {
    Follow(step, -1, &start.steps);
  }
  start_ = StateOf(std::move(start));
}

std::size_t ShapeScanner::Scan(std::string_view window,
                               std::vector<ShapeMatch>* found) {
  found->clear();
  const std::uint8_t* const classes = program_->classes().data();
  const std::uint16_t* edges = edges_.data();
  std::uint16_t state = start_;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const std::size_t c = classes[static_cast<unsigned char>(window[i])];
    std::uint16_t next = edges[RowOf(state) | c];
    if (next == kUnknown) {
      next = MakeEdge(&state, c);
      edges = edges_.data();
    }
    if ((state & kHasEnds) != 0) {
      const EndsBefore ends = ends_before_[state & kStateMask];
      Record(ends[program_->IsWordClass(c) ? 1 : 0], i, found);
    }
    state = next;
    if (state == kDead) return i;
  }
  Record(ends_before_[state & kStateMask][0], window.size(), found);
  return window.size();
}

void ShapeScanner::Record(std::uint16_t ends, std::size_t length,
                          std::vector<ShapeMatch>* found) const {
  if (length == 0 || ends == 0) return;
  for (const std::uint16_t shape : ends_[ends]) {
    const auto old =
        std::find_if(found->begin(), found->end(),
                     [shape](const ShapeMatch& m) { return m.shape == shape; });
    if (old == found->end()) {
      found->push_back({shape, static_cast<std::uint32_t>(length)});
    } else {
      old->length = static_cast<std::uint32_t>(length);
    }
  }
}

// *state gets its new number when the automaton has to start anew.
std::uint16_t ShapeScanner::MakeEdge(std::uint16_t* state,
                                     std::size_t byte_class) {
  if (states_.size() >= kMaxStates) {
    State kept = *states_[*state & kStateMask];
    Reset();
    *state = StateOf(std::move(kept));
  }
  const bool word = program_->IsWordClass(byte_class);
  const Steps from = steps_of_[*state & kStateMask][word ? 1 : 0];
  State next{.steps = {}, .behind_word = word};
  ++round_;
  for (std::uint32_t s = 0; s < from.count; ++s) {
    const ShapeProgram::Step& step =
        program_->steps()[steps_before_[from.first + s]];
    if (!program_->Accepts(step.argument, byte_class)) continue;
    for (const std::uint32_t index : program_->after(step)) {
      if (seen_[index] == round_) continue;
      seen_[index] = round_;
      next.steps.push_back(index);
    }
  }
  const std::uint16_t to =
      next.steps.empty() ? kDead : StateOf(std::move(next));
  edges_[RowOf(*state) + byte_class] = to;
  return to;
}

void ShapeScanner::MakeStepsAndEnds(const State& state) {
  std::array<Steps, 2>& steps = steps_of_.emplace_back();
  EndsBefore& ends_before = ends_before_.emplace_back();
  for (const bool word : {false, true}) {
    here_.clear();
    ++round_;
    for (const std::uint32_t step : state.steps) {
      Follow(step, state.behind_word != word ? 1 : 0, &here_);
    }
    Steps& takes = steps[word ? 1 : 0];
    takes.first = static_cast<std::uint32_t>(steps_before_.size());
    std::vector<std::uint16_t> ends;
    for (const std::uint32_t index : here_) {
      const ShapeProgram::Step& step = program_->steps()[index];
      if (step.op == Op::kBytes) {
        steps_before_.push_back(index);
      } else if (step.op == Op::kMatch) {
        ends.push_back(static_cast<std::uint16_t>(step.argument));
      }
    }
    takes.count =
        static_cast<std::uint32_t>(steps_before_.size()) - takes.first;
    ends_before[word ? 1 : 0] = EndsOf(std::move(ends));
  }
}

void ShapeScanner::Follow(std::uint32_t first, int border,
                          std::vector<std::uint32_t>* out) {
  pending_.assign(1, first);
  while (!pending_.empty()) {
    const std::uint32_t index = pending_.back();
    pending_.pop_back();
    if (seen_[index] == round_) continue;
    seen_[index] = round_;
    const ShapeProgram::Step& step = program_->steps()[index];
    const bool assertion = step.op == Op::kBoundary || step.op == Op::kInside;
    if (step.op == Op::kSplit) {
      pending_.push_back(step.next);
      pending_.push_back(step.argument);
    } else if (!assertion || border < 0) {
      out->push_back(index);
    } else if ((step.op == Op::kBoundary) == (border == 1)) {
      pending_.push_back(step.next);
    }
  }
}

std::size_t ShapeScanner::StateHash::operator()(const State& state) const {
  std::uint64_t hash = state.behind_word ? 1 : 2;
  for (const std::uint32_t step : state.steps) {
    hash = (hash ^ step) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return hash;
}

std::uint16_t ShapeScanner::StateOf(State state) {
  std::sort(state.steps.begin(), state.steps.end());
  const auto [it, made] = state_numbers_.emplace(
      std::move(state), static_cast<std::uint16_t>(states_.size()));
  if (made) {
    states_.push_back(&it->first);
    edges_.resize(states_.size() << row_shift_, kUnknown);
    MakeStepsAndEnds(it->first);
    if (ends_before_.back() != EndsBefore{}) it->second |= kHasEnds;
  }
  return it->second;
}

std::uint16_t ShapeScanner::EndsOf(std::vector<std::uint16_t> shapes) {
  if (shapes.empty()) return 0;
  std::sort(shapes.begin(), shapes.end());
  const auto [it, made] =
      end_numbers_.emplace(shapes, static_cast<std::uint16_t>(ends_.size()));
  if (made) ends_.push_back(std::move(shapes));
  return it->second;
}

}  // namespace phiwire
