// SPDX-License-Identifier: Apache-2.0

#include "recognizers/shape_set.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "base/strings.h"
#include "recognizers/walkers/tokens.h"

namespace phiwire {
namespace {

// Bytes of text that the automaton sees; no shape is longer.
constexpr std::size_t kWindow = 160;
constexpr std::size_t kMaxShapes = 65535;  // the scanner's numbers

RE2::Options ShapeOptions() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_longest_match(true);
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{64} << 20);
  return options;
}

bool HasDigit(const Token& t) { return IsNumber(t) || IsMixed(t); }

}  // namespace

absl::StatusOr<std::uint32_t> ShapeSet::Add(const std::string& regex,
                                            bool caseless,
                                            std::uint32_t max_bytes) {
  const std::string whole = Concat({caseless ? "(?i:" : "(?:", regex, ")"});
  for (std::uint32_t i = 0; i < shapes_.size(); ++i) {
    if (shapes_[i].regex != whole) continue;
    shapes_[i].max_bytes = std::max(shapes_[i].max_bytes, max_bytes);
    return i;
  }
  Shape shape;
  shape.regex = whole;
  shape.max_bytes = max_bytes;
  shape.longest = std::make_unique<Longest>();
  const auto index = static_cast<std::uint32_t>(shapes_.size());
  if (index >= kMaxShapes) {
    return absl::OutOfRangeError("more shapes than one automaton can hold");
  }
  // What the program takes is a regex to RE2 too.
  if (!program_->Add(regex, caseless, index)) {
    const RE2& longest = LongestOf(shape);
    if (!longest.ok()) return absl::InvalidArgumentError(longest.error());
    by_re2_.push_back(index);
  }
  shapes_.push_back(std::move(shape));
  return index;
}

const RE2& ShapeSet::LongestOf(const Shape& shape) {
  std::call_once(shape.longest->once, [&shape] {
    shape.longest->regex = std::make_unique<RE2>(shape.regex, ShapeOptions());
  });
  return *shape.longest->regex;
}

void ShapeSet::Build() { program_->Build(); }

bool ShapeSet::MayBeginAtSign(const Document& d, std::size_t i) {
  if (i + 1 >= d.tokens.size()) return false;
  const Token& next = d.tokens[i + 1];
  return HasDigit(next) && Joined(d.tokens[i], next);
}

bool ShapeSet::MayBeginAtCapitals(const Document& d, std::size_t i) {
  if (i + 1 >= d.tokens.size()) return false;
  const Token& next = d.tokens[i + 1];
  if (HasDigit(next)) return true;
  if (next.kind != TokenKind::kPunct || !Joined(d.tokens[i], next)) {
    return false;
  }
  if (i + 2 >= d.tokens.size()) return false;
  const Token& third = d.tokens[i + 2];
  return HasDigit(third) ||
         (IsWord(third) && (Joined(next, third) || next.symbol == '.'));
}

ShapeScanner* ShapeSet::ScannerIn(
    std::unique_ptr<ShapeScanner>* scanner) const {
  if (*scanner == nullptr || (*scanner)->program() != program_) {
    *scanner = std::make_unique<ShapeScanner>(program_);
  }
  return scanner->get();
}

void ShapeSet::Match(std::string_view text, std::size_t begin,
                     ShapeScanner* scanner,
                     std::vector<ShapeMatch>* found) const {
  const std::size_t used = scanner->Scan(text.substr(begin, kWindow), found);
  // A shape that may reach past its limit is cut there, as RE2 sees it.
  for (ShapeMatch& match : *found) {
    const Shape& shape = shapes_[match.shape];
    if (used > shape.max_bytes) match.length = Length(shape, text, begin);
  }
  for (const std::uint32_t index : by_re2_) {
    found->push_back({index, Length(shapes_[index], text, begin)});
  }
}

std::uint32_t ShapeSet::Length(const Shape& shape, std::string_view text,
                               std::size_t begin) const {
  // One byte more than the longest match, for \b at its end.
  const std::size_t size =
      std::min<std::size_t>(shape.max_bytes + 1, text.size() - begin);
  const re2::StringPiece window(text.data() + begin, size);
  re2::StringPiece match;
  if (!LongestOf(shape).Match(window, 0, size, RE2::ANCHOR_START, &match, 1)) {
    return 0;
  }
  return static_cast<std::uint32_t>(match.size());
}

}  // namespace phiwire
