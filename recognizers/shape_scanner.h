// SPDX-License-Identifier: Apache-2.0
//
// Walks a ShapeProgram over text. The deterministic automaton is made as the
// text asks for it and kept from text to text: a byte costs one load once its
// state has been seen. Belongs to one thread; at most some 8 MB, then it
// starts anew.
//
//   ShapeScanner scanner(program);
//   scanner.Scan("01/02/1980 x", &matches);

#ifndef PHIWIRE_RECOGNIZERS_SHAPE_SCANNER_H_
#define PHIWIRE_RECOGNIZERS_SHAPE_SCANNER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "recognizers/shape_program.h"

namespace phiwire {

struct ShapeMatch {
  std::uint32_t shape = 0;
  std::uint32_t length = 0;
};

class ShapeScanner {
 public:
  explicit ShapeScanner(std::shared_ptr<const ShapeProgram> program);

  // The shapes that stand at the beginning of `window`, each with its longest
  // match (never an empty one), into *found (overwritten). Returns how many
  // bytes any shape could still have used.
  std::size_t Scan(std::string_view window, std::vector<ShapeMatch>* found);

  // Calls found(shape, length) for every match that begins there, the shorter
  // first. A match must be one without what follows it, too: "Unit 4-" of
  // "Unit 4-5" is none by a \b behind the hyphen.
  template <typename Found>
  void ScanAll(std::string_view window, Found found) {
    const auto& class_of = program_->classes();
    std::uint16_t state = start_;
    std::size_t i = 0;
    const auto report = [&](std::uint16_t ends) {
      if (i == 0) return;
      const std::vector<std::uint16_t>& alone =
          ends_[ends_before_[state & kStateMask][0]];
      for (const std::uint16_t shape : ends_[ends]) {
        if (std::binary_search(alone.begin(), alone.end(), shape)) {
          found(shape, i);
        }
      }
    };
    const std::uint16_t* edges = edges_.data();
    const std::uint8_t* classes = class_of.data();
    for (; i < window.size() && state != kDead; ++i) {
      const std::size_t c = classes[static_cast<unsigned char>(window[i])];
      std::uint16_t next = edges[RowOf(state) | c];
      if (next == kUnknown) {
        next = MakeEdge(&state, c);
        edges = edges_.data();
      }
      if ((state & kHasEnds) != 0) {
        report(
            ends_before_[state & kStateMask][program_->IsWordClass(c) ? 1 : 0]);
      }
      state = next;
    }
    if (state != kDead) report(ends_before_[state & kStateMask][0]);
  }

  const std::shared_ptr<const ShapeProgram>& program() const {
    return program_;
  }

 private:
  // Which shapes end in a state, by whether no word character or one follows:
  // indices into ends_, 0 for none.
  using EndsBefore = std::array<std::uint16_t, 2>;
  struct State {
    std::vector<std::uint32_t> steps;  // sorted; kSplit followed
    bool behind_word = false;
    bool operator==(const State&) const = default;
  };
  struct StateHash {
    std::size_t operator()(const State& state) const;
  };
  // Of a state, by whether a word character follows: its steps that take a
  // byte, assertions followed, in steps_before_.
  struct Steps {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  static constexpr std::uint16_t kUnknown = 0xFFFF;
  static constexpr std::uint16_t kDead = 0;
  // Of a state's number: some shape ends there.
  static constexpr std::uint16_t kHasEnds = 0x8000;
  static constexpr std::uint16_t kStateMask = 0x7FFF;
  static constexpr std::size_t kMaxStates = 16384;

  // Where a state's row of edges_ begins.
  std::size_t RowOf(std::uint16_t state) const {
    return std::size_t{static_cast<std::uint16_t>(state & kStateMask)}
           << row_shift_;
  }
  void Reset();
  std::uint16_t MakeEdge(std::uint16_t* state, std::size_t byte_class);
  std::uint16_t StateOf(State state);
  std::uint16_t EndsOf(std::vector<std::uint16_t> shapes);
  // Follows splits from `step`, and assertions when `border` says which hold:
  // 1 at a word's border, 0 inside or outside a word, -1 not known yet.
  void Follow(std::uint32_t step, int border, std::vector<std::uint32_t>* out);
  void MakeStepsAndEnds(const State& state);
  void Record(std::uint16_t ends, std::size_t length,
              std::vector<ShapeMatch>* found) const;

  std::shared_ptr<const ShapeProgram> program_;
  unsigned row_shift_ = 0;  // rows of edges_ are a power of two long
  // Where a byte leads: one a state and class. Two bytes each, since walking
  // is as fast as the rows fit the caches.
  std::vector<std::uint16_t> edges_;
  std::vector<EndsBefore> ends_before_;  // one a state
  std::vector<const State*> states_;
  std::vector<std::array<Steps, 2>> steps_of_;  // one a state
  std::vector<std::uint32_t> steps_before_;
  std::unordered_map<State, std::uint16_t, StateHash> state_numbers_;
  std::vector<std::vector<std::uint16_t>> ends_;
  std::map<std::vector<std::uint16_t>, std::uint16_t> end_numbers_;
  std::uint16_t start_ = kDead;
  // Of Follow.
  std::vector<std::uint32_t> seen_;  // one a step: round of its last visit
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> pending_;
  std::vector<std::uint32_t> here_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_SHAPE_SCANNER_H_
