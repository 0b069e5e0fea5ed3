// SPDX-License-Identifier: Apache-2.0
//
// All shapes of the catalogue (`at: token`) as one nondeterministic automaton
// over bytes, for shape_scanner.h to walk. It knows the part of RE2's syntax
// that shapes are written in: literals, classes, \d \w \s \b, groups,
// alternatives, counts. RE2 stays the authority: it has checked every regex
// before, a shape with any other syntax is refused here and left to RE2, and a
// test holds the two to the same answers.
//
// Bytes are Latin-1 characters, as everywhere in recognizers/. Immutable once
// filled; thread-safe.

#ifndef PHIWIRE_RECOGNIZERS_SHAPE_PROGRAM_H_
#define PHIWIRE_RECOGNIZERS_SHAPE_PROGRAM_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace phiwire {

using ByteSet = std::bitset<256>;

class ShapeProgram {
 public:
  enum class Op : std::uint8_t { kBytes, kSplit, kBoundary, kInside, kMatch };
  struct Step {
    Op op = Op::kMatch;
    std::uint32_t next = 0;
    // kSplit: the other way; kBytes: index of the set; kMatch: the shape.
    std::uint32_t argument = 0;
  };

  // False, and nothing changed, when the regex has syntax unknown here or is
  // too long when its counts are written out.
  bool Add(std::string_view regex, bool caseless, std::uint32_t shape);
  // To be called once, after the last Add.
  void Build();

  const std::vector<Step>& steps() const { return steps_; }
  const std::vector<std::uint32_t>& starts() const { return starts_; }
  // Of a kBytes step's argument.
  const ByteSet& bytes(std::uint32_t set) const { return sets_[set]; }
  // Where a kBytes step leads: the steps behind its splits; kSplit is none.
  std::span<const std::uint32_t> after(const Step& step) const {
    const Range range = after_[step.next];
    return std::span(reached_).subspan(range.first, range.count);
  }
  // Bytes that no shape tells apart have one class; the last class is the end
  // of the text.
  const std::array<std::uint8_t, 256>& classes() const { return classes_; }
  std::size_t class_count() const { return class_count_; }
  std::size_t end_class() const { return class_count_ - 1; }
  // byte_class is not the end of the text.
  bool Accepts(std::uint32_t set, std::size_t byte_class) const {
    return class_sets_[set][byte_class];
  }
  // Whether the bytes of a class are word characters to \b.
  bool IsWordClass(std::size_t byte_class) const {
    return byte_class != end_class() && word_classes_[byte_class];
  }

 private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  void FollowSplits();

  std::vector<Step> steps_;
  std::vector<std::uint32_t> starts_;
  std::vector<Range> after_;  // of reached_, by the step that a kBytes leads to
  std::vector<std::uint32_t> reached_;
  std::vector<ByteSet> sets_;
  std::vector<ByteSet> class_sets_;  // of classes instead of bytes
  ByteSet word_classes_;
  std::array<std::uint8_t, 256> classes_{};
  std::size_t class_count_ = 1;
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_SHAPE_PROGRAM_H_
