// SPDX-License-Identifier: Apache-2.0

#include "recognizers/shape_program.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "recognizers/shape_regex.h"

namespace phiwire {
namespace {

// Steps of one shape with its counts written out.
constexpr std::size_t kMaxSteps = 20000;

// Writes a tree from its end to its beginning, so that every step's next is
// known when it is made.
class Writer {
 public:
  using Op = ShapeProgram::Op;
  using Kind = ShapeNode::Kind;

  Writer(std::vector<ShapeProgram::Step>* steps, std::vector<ByteSet>* sets)
      : steps_(*steps), sets_(*sets), limit_(steps->size() + kMaxSteps) {}

  bool full() const { return steps_.size() > limit_; }

  // The first step of the node, which goes on at `next`.
  std::uint32_t Write(const ShapeNode& node, std::uint32_t next) {
    if (full()) return next;
    switch (node.kind) {
      case Kind::kBytes:
        return Add({Op::kBytes, next, SetOf(node.bytes)});
      case Kind::kBoundary:
        return Add({Op::kBoundary, next, 0});
      case Kind::kInside:
        return Add({Op::kInside, next, 0});
      case Kind::kSequence:
        for (std::size_t i = node.children.size(); i-- > 0;) {
          next = Write(node.children[i], next);
        }
        return next;
      case Kind::kEither:
        return WriteEither(node, next);
      case Kind::kRepeat:
        return WriteRepeat(node, next);
    }
    return next;
  }

  std::uint32_t Add(ShapeProgram::Step step) {
    steps_.push_back(step);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }

 private:
  std::uint32_t WriteEither(const ShapeNode& node, std::uint32_t next) {
    std::uint32_t out = Write(node.children.back(), next);
    for (std::size_t i = node.children.size() - 1; i-- > 0;) {
      out = Add({Op::kSplit, Write(node.children[i], next), out});
    }
    return out;
  }

  std::uint32_t WriteRepeat(const ShapeNode& node, std::uint32_t next) {
    const ShapeNode& child = node.children[0];
    std::uint32_t out = next;
    if (node.max == ShapeNode::kNoLimit) {
      out = Add({Op::kSplit, next, next});
      const std::uint32_t body = Write(child, out);
      steps_[out].argument = body;
    } else {
      for (std::uint32_t i = node.min; i < node.max && !full(); ++i) {
        out = Add({Op::kSplit, Write(child, out), next});
      }
    }
    for (std::uint32_t i = 0; i < node.min && !full(); ++i) {
      out = Write(child, out);
    }
    return out;
  }

  std::uint32_t SetOf(const ByteSet& set) {
    const auto found = std::find(sets_.begin(), sets_.end(), set);
    const auto index = static_cast<std::uint32_t>(found - sets_.begin());
    if (found == sets_.end()) sets_.push_back(set);
    return index;
  }

  std::vector<ShapeProgram::Step>& steps_;
  std::vector<ByteSet>& sets_;
  std::size_t limit_;
};

}  // namespace

bool ShapeProgram::Add(std::string_view regex, bool caseless,
                       std::uint32_t shape) {
  const std::optional<ShapeNode> tree = ParseShape(regex, caseless);
  if (!tree) return false;
  const std::size_t before = steps_.size();
  Writer writer(&steps_, &sets_);
  const std::uint32_t match = writer.Add({Op::kMatch, 0, shape});
  const std::uint32_t start = writer.Write(*tree, match);
  if (writer.full()) {
    steps_.resize(before);
    return false;
  }
  starts_.push_back(start);
  return true;
}

void ShapeProgram::Build() {
  // A byte's class is which of the sets it is in.
  std::vector<ByteSet> sets = sets_;
  sets.push_back(WordBytes());
  std::map<std::string, std::uint8_t> known;
  class_sets_.assign(sets.size(), {});
  for (std::size_t b = 0; b < 256; ++b) {
    std::string members;
    for (const ByteSet& set : sets) members += set[b] ? '1' : '0';
    const auto [it, made] =
        known.emplace(members, static_cast<std::uint8_t>(known.size()));
    classes_[b] = it->second;
    for (std::size_t s = 0; made && s < sets.size(); ++s) {
      class_sets_[s][it->second] = sets[s][b];
    }
  }
  word_classes_ = class_sets_.back();
  class_sets_.pop_back();
  class_count_ = known.size() + 1;
  FollowSplits();
}

void ShapeProgram::FollowSplits() {
  after_.assign(steps_.size(), {});
  std::vector<std::uint32_t> seen(steps_.size());
  std::vector<std::uint32_t> pending;
  std::uint32_t round = 0;
  for (const Step& from : steps_) {
    if (from.op != Op::kBytes || after_[from.next].count != 0) continue;
    const auto first = static_cast<std::uint32_t>(reached_.size());
    ++round;
    pending.assign(1, from.next);
    while (!pending.empty()) {
      const std::uint32_t index = pending.back();
      pending.pop_back();
      if (seen[index] == round) continue;
      seen[index] = round;
      const Step& step = steps_[index];
      if (step.op == Op::kSplit) {
        pending.push_back(step.next);
        pending.push_back(step.argument);
      } else {
        reached_.push_back(index);
      }
    }
    after_[from.next] = {first,
                         static_cast<std::uint32_t>(reached_.size()) - first};
  }
}

}  // namespace phiwire
