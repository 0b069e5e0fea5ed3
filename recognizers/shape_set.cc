// SPDX-License-Identifier: Apache-2.0

#include "recognizers/shape_set.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "base/strings.h"
#include "recognizers/walkers/tokens.h"

namespace phiwire {
namespace {

// Bytes of text that the automaton sees; no shape is longer.
constexpr std::size_t kWindow = 160;

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

ShapeSet::ShapeSet()
    : set_(std::make_unique<RE2::Set>(ShapeOptions(), RE2::ANCHOR_START)) {}

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
  shape.longest = std::make_unique<RE2>(whole, ShapeOptions());
  std::string error;
  if (!shape.longest->ok() || set_->Add(whole, &error) < 0) {
    return absl::InvalidArgumentError(shape.longest->error());
  }
  shapes_.push_back(std::move(shape));
  return static_cast<std::uint32_t>(shapes_.size() - 1);
}

absl::Status ShapeSet::Build() {
  if (!set_->Compile()) {
    return absl::ResourceExhaustedError("the shapes need too much memory");
  }
  return absl::OkStatus();
}

bool ShapeSet::MayBegin(const Document& d, std::size_t i) {
  const Token& t = d.tokens[i];
  if (HasDigit(t)) return true;
  if (i + 1 >= d.tokens.size()) return false;
  const Token& next = d.tokens[i + 1];
  if (t.kind == TokenKind::kPunct) {
    const bool sign = t.symbol == '(' || t.symbol == '+' || t.symbol == '#';
    return sign && HasDigit(next) && Joined(t, next);
  }
  if (!IsWord(t)) return false;
  if (t.letter_case != Case::kUpper && t.letter_case != Case::kInitial) {
    return false;
  }
  if (HasDigit(next)) return true;
  if (next.kind != TokenKind::kPunct || !Joined(t, next)) return false;
  if (i + 2 >= d.tokens.size()) return false;
  const Token& third = d.tokens[i + 2];
  return HasDigit(third) ||
         (IsWord(third) && (Joined(next, third) || next.symbol == '.'));
}

void ShapeSet::Match(std::string_view text, std::size_t begin,
                     std::vector<int>* found) const {
  const std::size_t size = std::min(kWindow, text.size() - begin);
  RE2::Set::ErrorInfo error{};
  if (set_->Match({text.data() + begin, size}, found, &error)) return;
  found->clear();
  if (error.kind == RE2::Set::kNoError) return;
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    found->push_back(static_cast<int>(i));
  }
}

std::size_t ShapeSet::End(std::uint32_t shape, std::string_view text,
                          std::size_t begin) const {
  const Shape& s = shapes_[shape];
  // One byte more than the longest match, for \b at its end.
  const std::size_t size =
      std::min<std::size_t>(s.max_bytes + 1, text.size() - begin);
  const re2::StringPiece window(text.data() + begin, size);
  re2::StringPiece match;
  if (!s.longest->Match(window, 0, size, RE2::ANCHOR_START, &match, 1)) {
    return begin;
  }
  return begin + match.size();
}

}  // namespace phiwire
