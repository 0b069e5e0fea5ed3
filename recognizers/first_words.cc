// SPDX-License-Identifier: Apache-2.0

#include "recognizers/first_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "recognizers/shape_program.h"
#include "recognizers/shape_regex.h"

namespace phiwire {
namespace {

using Op = ShapeProgram::Op;
constexpr std::size_t kMaxWords = 1000;
constexpr std::size_t kMaxLetters = 32;

class Finder {
 public:
  explicit Finder(const ShapeProgram& program) : program_(program) {}

  // False when there are words that can't be told.
  bool Run() { return Visit(Closed(program_.starts()), true); }
  std::vector<FirstWord> words() && { return std::move(words_); }

 private:
  using Steps = std::vector<std::uint32_t>;

  // With what splits and assertions lead to; an assertion may always hold.
  Steps Closed(const Steps& from) const {
    Steps open = from;
    Steps out;
    std::vector<bool> seen(program_.steps().size());
    while (!open.empty()) {
      const std::uint32_t index = open.back();
      open.pop_back();
      if (seen[index]) continue;
      seen[index] = true;
      const ShapeProgram::Step& step = program_.steps()[index];
      if (step.op == Op::kBytes || step.op == Op::kMatch) {
        out.push_back(index);
      } else {
        open.push_back(step.next);
        if (step.op == Op::kSplit) open.push_back(step.argument);
      }
    }
    return out;
  }

  // Whether a byte of each class may come next.
  std::vector<bool> Leads(const Steps& from) const {
    const auto& classes = program_.classes();
    std::vector<bool> leads(
        std::size_t{*std::max_element(classes.begin(), classes.end())} + 1);
    for (const std::uint32_t index : from) {
      const ShapeProgram::Step& step = program_.steps()[index];
      if (step.op != Op::kBytes) continue;
      for (std::size_t c = 0; c < leads.size(); ++c) {
        if (program_.Accepts(step.argument, c)) leads[c] = true;
      }
    }
    return leads;
  }

  Steps After(const Steps& from, std::size_t byte) const {
    Steps next;
    for (const std::uint32_t index : from) {
      const ShapeProgram::Step& step = program_.steps()[index];
      if (step.op == Op::kBytes &&
          program_.Accepts(step.argument, program_.classes()[byte])) {
        next.push_back(step.next);
      }
    }
    return next;
  }

  // What may follow word_, which leads to `steps`.
  bool Visit(const Steps& steps, bool lower_case) {
    bool ends = false;
    for (const std::uint32_t index : steps) {
      ends = ends || program_.steps()[index].op == Op::kMatch;
    }
    const std::vector<bool> leads = Leads(steps);
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const auto c = static_cast<char>(byte);
      const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (letter || !leads[program_.classes()[byte]]) continue;
      const bool digit = c >= '0' && c <= '9';
      if (byte >= 0x80 || (digit && word_.empty())) return false;
      ends = ends || !digit;
    }
    if (ends && (word_.empty() || words_.size() == kMaxWords)) return false;
    if (ends) words_.push_back({word_, lower_case, NumberBehind(steps, leads)});
    return VisitLetters(steps, leads, lower_case);
  }

  // Whether nothing but a blank and a digit may follow, or more letters.
  // `leads` are those of `steps`.
  bool NumberBehind(const Steps& steps, const std::vector<bool>& leads) const {
    for (const std::uint32_t index : steps) {
      if (program_.steps()[index].op == Op::kMatch) return false;
    }
    const std::vector<bool> behind = Leads(Closed(After(steps, ' ')));
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const auto c = static_cast<char>(byte);
      const std::size_t byte_class = program_.classes()[byte];
      const bool digit = c >= '0' && c <= '9';
      const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!digit && !letter && c != ' ' && leads[byte_class]) return false;
      if (!digit && behind[byte_class]) return false;
    }
    return true;
  }

  bool VisitLetters(const Steps& steps, const std::vector<bool>& leads,
                    bool lower_case) {
    for (char c = 'a'; c <= 'z'; ++c) {
      const auto byte = static_cast<std::size_t>(c);
      if (!leads[program_.classes()[byte]] &&
          !leads[program_.classes()[byte - 0x20]]) {
        continue;
      }
      Steps next = After(steps, byte);
      const bool lower = lower_case && !next.empty();
      const Steps upper = After(steps, byte - 0x20);
      next.insert(next.end(), upper.begin(), upper.end());
      if (word_.size() == kMaxLetters) return false;
      word_.push_back(c);
      if (!Visit(Closed(next), lower)) return false;
      word_.pop_back();
    }
    return true;
  }

  const ShapeProgram& program_;
  std::string word_;
  std::vector<FirstWord> words_;
};

// "\b..." and no other branch beside it.
bool BeginsAtBoundary(std::string_view regex, bool caseless) {
  const std::optional<ShapeNode> tree = ParseShape(regex, caseless);
  if (!tree || tree->children.size() != 1) return false;
  const ShapeNode& branch = tree->children[0];
  return !branch.children.empty() &&
         branch.children[0].kind == ShapeNode::Kind::kBoundary;
}

}  // namespace

std::optional<std::vector<FirstWord>> FirstWords(std::string_view regex,
                                                 bool caseless) {
  if (!BeginsAtBoundary(regex, caseless)) return std::nullopt;
  ShapeProgram program;
  if (!program.Add(regex, caseless, 0)) return std::nullopt;
  program.Build();
  Finder finder(program);
  if (!finder.Run()) return std::nullopt;
  return std::move(finder).words();
}

}  // namespace phiwire
