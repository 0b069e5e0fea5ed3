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

bool IsLetter(std::size_t byte) {
  return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}
bool IsDigit(std::size_t byte) { return byte >= '0' && byte <= '9'; }

template <class Is>
ByteSet BytesThat(Is is) {
  ByteSet out;
  for (std::size_t byte = 0; byte < out.size(); ++byte) out[byte] = is(byte);
  return out;
}

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

  Steps After(const Steps& from, std::size_t byte) const {
    Steps next;
    for (const std::uint32_t index : from) {
      const ShapeProgram::Step& step = program_.steps()[index];
      if (step.op == Op::kBytes && program_.bytes(step.argument)[byte]) {
        next.push_back(step.next);
      }
    }
    return next;
  }

  // The bytes that may come next.
  ByteSet Leads(const Steps& from) const {
    ByteSet out;
    for (const std::uint32_t index : from) {
      const ShapeProgram::Step& step = program_.steps()[index];
      if (step.op == Op::kBytes) out |= program_.bytes(step.argument);
    }
    return out;
  }
  bool MayEnd(const Steps& steps) const {
    return std::any_of(steps.begin(), steps.end(), [&](std::uint32_t index) {
      return program_.steps()[index].op == Op::kMatch;
    });
  }

  // What may follow word_, which leads to `steps`.
  bool Visit(const Steps& steps, bool lower_case) {
    bool ends = MayEnd(steps);
    const ByteSet leads = Leads(steps);
    if ((leads & high_).any()) return false;
    if (word_.empty() && (leads & digits_).any()) return false;
    ends = ends || (leads & ~letters_ & ~digits_).any();
    if (ends && (word_.empty() || words_.size() == kMaxWords)) return false;
    if (ends) AddWord(steps, lower_case);
    return VisitLetters(steps, leads, lower_case);
  }

  void AddWord(const Steps& steps, bool lower_case) {
    FirstWord out{word_, lower_case, false};
    // What goes on with digits is another word.
    if (OnlyBlank(steps)) {
      const Steps behind = Closed(After(steps, ' '));
      out.number_behind = (Leads(behind) & ~digits_).none();
      const std::string next = OnlyWord(behind);
      if (!next.empty()) out.folded += " " + next;
    }
    words_.push_back(std::move(out));
  }

  // Whether nothing but a blank, digits or more letters may follow.
  bool OnlyBlank(const Steps& steps) const {
    if (MayEnd(steps)) return false;
    ByteSet leads = Leads(steps);
    leads.reset(' ');
    return (leads & ~letters_ & ~digits_).none();
  }

  // The one word that can stand here, with a blank behind it; else empty.
  std::string OnlyWord(Steps steps) const {
    std::string out;
    while (out.size() < kMaxLetters && OnlyBlank(steps)) {
      const ByteSet leads = Leads(steps);
      std::size_t only = 0;
      for (std::size_t byte = 0; byte < leads.size(); ++byte) {
        if (!leads[byte] || (byte | 0x20) == only) continue;
        if (only != 0 || IsDigit(byte)) return {};
        only = byte | 0x20;
      }
      if (only == ' ') return out;
      if (only == 0) return {};
      Steps next = After(steps, only);
      const Steps upper = After(steps, only - 0x20);
      next.insert(next.end(), upper.begin(), upper.end());
      out.push_back(static_cast<char>(only));
      steps = Closed(next);
    }
    return {};
  }

  bool VisitLetters(const Steps& steps, const ByteSet& leads, bool lower_case) {
    for (char c = 'a'; c <= 'z'; ++c) {
      const auto byte = static_cast<std::size_t>(c);
      if (!leads[byte] && !leads[byte - 0x20]) continue;
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
  const ByteSet letters_ = BytesThat(IsLetter);
  const ByteSet digits_ = BytesThat(IsDigit);
  const ByteSet high_ =
      BytesThat([](std::size_t byte) { return byte >= 0x80; });
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
  Finder finder(program);
  if (!finder.Run()) return std::nullopt;
  return std::move(finder).words();
}

}  // namespace phiwire
