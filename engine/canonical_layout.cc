// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "base/utf8.h"

namespace phiwire {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kOverride = "\xE2\x80\xAE";  // U+202E
constexpr std::string_view kPop = "\xE2\x80\xAC";       // U+202C
// Longer stretches in right-to-left scripts are no disguise.
constexpr std::size_t kLongestOverride = 1024;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsAlnum(char c) { return IsDigit(c) || IsLetter(c); }
bool IsJoin(char c) { return std::string_view("-/.()@':,").find(c) != kNone; }

std::string Backwards(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t end = text.size(); end > 0;) {
    const std::size_t begin = PreviousUtf8(text, end);
    out += text.substr(begin, end - begin);
    end = begin;
  }
  return out;
}

// The single characters of a spaced-out run stand at first, first + 2, ...
struct SpacedRun {
  std::size_t first = 0;
  std::size_t last = 0;
};

SpacedRun ReadRun(std::string_view text, std::size_t first) {
  SpacedRun run{first, first};
  while (run.last + 2 < text.size() && text[run.last + 1] == ' ' &&
         (IsAlnum(text[run.last + 2]) || IsJoin(text[run.last + 2]))) {
    run.last += 2;
  }
  // "1 2 3mg", "John B Smith": the last is the begin of a word.
  if (run.last + 1 < text.size() && run.last > first &&
      (IsAlnum(text[run.last + 1]) ||
       static_cast<unsigned char>(text[run.last + 1]) >= 0x80)) {
    run.last -= 2;
  }
  return run;
}

bool IsOneIdentifier(std::string_view text, const SpacedRun& run) {
  std::size_t digits = 0;
  std::size_t letters = 0;
  bool joined = false;
  bool grid = true;  // every digit follows the one before by the same step
  int step = 2;
  for (std::size_t at = run.first; at <= run.last; at += 2) {
    digits += IsDigit(text[at]);
    letters += IsLetter(text[at]);
    joined = joined || IsJoin(text[at]);
    if (at == run.first) continue;
    const int now = text[at] - text[at - 2];
    if (step == 2) step = now;
    grid = grid && now == step && std::abs(now) <= 1;
  }
  if (letters == 0) return digits >= 6 && (joined || !grid);
  if (digits == 0) return letters >= 4;
  return digits + letters >= 7;
}

}  // namespace

bool HasOverride(std::string_view text) {
  return text.find(kOverride) != kNone;
}

bool HasSpacedOut(std::string_view text) {
  constexpr std::size_t kBlock = 4096;
  constexpr std::size_t kReach = 6;
  if (text.size() < kReach) return false;
  const std::size_t end = text.size() - kReach + 1;
  for (std::size_t block = 0; block < end; block += kBlock) {
    const std::size_t stop = std::min(end, block + kBlock);
    unsigned char any = 0;  // no early exit: compilers vectorise the loop
    for (std::size_t i = block; i < stop; ++i) {
      const bool here = (text[i] == ' ') & (text[i + 2] == ' ') &
                        (text[i + 4] == ' ') & (text[i + 1] > ' ') &
                        (text[i + 3] > ' ') & (text[i + 5] > ' ');
      any = static_cast<unsigned char>(any | here);
    }
    if (any != 0) return true;
  }
  return false;
}

void UndoOverrides(std::string_view source, TextLayer* layer) {
  for (std::size_t at = source.find(kOverride); at != kNone;) {
    const std::size_t inside = at + kOverride.size();
    const std::string_view reach = source.substr(inside, kLongestOverride);
    const std::size_t size = reach.find(kPop);
    const std::string_view text = reach.substr(0, size);
    const bool whole = size != kNone && text.find('\n') == kNone &&
                       text.find(kOverride) == kNone;
    if (whole) {
      layer->Atom(Backwards(text), at, inside + size + kPop.size());
    }
    at = source.find(kOverride, whole ? inside + size : inside);
  }
}

void CloseSpacedOut(std::string_view source, TextLayer* layer) {
  for (std::size_t at = 0; at + 6 < source.size(); ++at) {
    const bool starts = at == 0 || source[at - 1] == ' ' ||
                        source[at - 1] == '\n' || source[at - 1] == '\t';
    if (!starts || source[at + 1] != ' ') continue;
    if (!IsAlnum(source[at]) && source[at] != '(') continue;
    SpacedRun run = ReadRun(source, at);
    while (run.last > run.first && !IsAlnum(source[run.last])) run.last -= 2;
    if (run.last > run.first && IsOneIdentifier(source, run)) {
      for (std::size_t c = run.first; c < run.last; c += 2) {
        layer->Atom({}, c + 1, c + 2);
      }
    }
    at = run.last;
  }
}

}  // namespace phiwire
