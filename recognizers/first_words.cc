// SPDX-License-Identifier: Apache-2.0

#include "recognizers/first_words.h"

#include <algorithm>
#include <bitset>
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

  // The bytes that may come next.
  using Bytes = std::bitset<256>;
  Bytes Leads(const Steps& from) const {
    const auto& classes = program_.classes();
    Bytes class_leads, out;
    for (const std::uint32_t index : from) {
      const ShapeProgram::Step& step = program_.steps()[index];
      if (step.op != Op::kBytes) continue;
      for (std::size_t c = 0; c < program_.class_count(); ++c) {
        if (program_.Accepts(step.argument, c)) class_leads.set(c);
      }
    }
    for (std::size_t byte = 0; byte < out.size(); ++byte) {
      out.set(byte, class_leads[classes[byte]]);
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
    const Bytes leads = Leads(steps);
    for (std::size_t byte = 0; byte < leads.size(); ++byte) {
      if (!leads[byte] || IsLetter(byte)) continue;
      if (byte >= 0x80 || (IsDigit(byte) && word_.empty())) return false;
      ends = ends || !IsDigit(byte);
    }
    if (ends && (word_.empty() || words_.size() == kMaxWords)) return false;
    if (ends) AddWord(steps, lower_case);
    return VisitLetters(steps, leads, lower_case);
  }

  static bool IsLetter(std::size_t byte) {
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
  }
  static bool IsDigit(std::size_t byte) { return byte >= '0' && byte <= '9'; }

  void AddWord(const Steps& steps, bool lower_case) {
    FirstWord out{word_, lower_case, false};
    // What goes on with digits is another word.
    if (OnlyBlank(steps)) {
      const Steps behind = Closed(After(steps, ' '));
      const Bytes leads = Leads(behind);
      out.number_behind = true;
      for (std::size_t byte = 0; byte < leads.size(); ++byte) {
        if (leads[byte] && !IsDigit(byte)) out.number_behind = false;
      }
      const std::string next = OnlyWord(behind);
      if (!next.empty()) out.folded += " " + next;
    }
    words_.push_back(std::move(out));
  }

  // Whether nothing but a blank, digits or more letters may follow.
  bool OnlyBlank(const Steps& steps) const {
    if (MayEnd(steps)) return false;
    const Bytes leads = Leads(steps);
    for (std::size_t byte = 0; byte < leads.size(); ++byte) {
      if (IsLetter(byte) || IsDigit(byte) || byte == ' ') continue;
      if (leads[byte]) return false;
    }
    return true;
  }

  // The one word that can stand here, with a blank behind it; else empty.
  std::string OnlyWord(Steps steps) const {
    std::string out;
    while (out.size() < kMaxLetters && OnlyBlank(steps)) {
      const Bytes leads = Leads(steps);
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

  bool VisitLetters(const Steps& steps, const Bytes& leads, bool lower_case) {
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
