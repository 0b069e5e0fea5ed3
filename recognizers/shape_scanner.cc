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
  const State& from = *states_[*state & kStateMask];
  const bool word = program_->IsWordClass(byte_class);
  std::vector<std::uint32_t> here;
  ++round_;
  for (const std::uint32_t step : from.steps) {
    Follow(step, from.behind_word != word ? 1 : 0, &here);
  }
  State next{.steps = {}, .behind_word = word};
  ++round_;
  for (const std::uint32_t index : here) {
    const ShapeProgram::Step& step = program_->steps()[index];
    if (step.op == Op::kBytes && program_->Accepts(step.argument, byte_class)) {
      Follow(step.next, -1, &next.steps);
    }
  }
  const std::uint16_t to =
      next.steps.empty() ? kDead : StateOf(std::move(next));
  edges_[RowOf(*state) + byte_class] = to;
  return to;
}

ShapeScanner::EndsBefore ShapeScanner::MakeEnds(const State& state) {
  EndsBefore out{};
  for (const bool word : {false, true}) {
    std::vector<std::uint32_t> here;
    ++round_;
    for (const std::uint32_t step : state.steps) {
      Follow(step, state.behind_word != word ? 1 : 0, &here);
    }
    std::vector<std::uint16_t> ends;
    for (const std::uint32_t index : here) {
      const ShapeProgram::Step& step = program_->steps()[index];
      if (step.op != Op::kMatch) continue;
      ends.push_back(static_cast<std::uint16_t>(step.argument));
    }
    out[word ? 1 : 0] = EndsOf(std::move(ends));
  }
  return out;
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

std::uint16_t ShapeScanner::StateOf(State state) {
  std::sort(state.steps.begin(), state.steps.end());
  const auto [it, made] = state_numbers_.emplace(
      std::move(state), static_cast<std::uint16_t>(states_.size()));
  if (made) {
    states_.push_back(&it->first);
    edges_.resize(states_.size() << row_shift_, kUnknown);
    ends_before_.push_back(MakeEnds(it->first));
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
