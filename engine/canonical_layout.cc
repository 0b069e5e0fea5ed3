// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_layout.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/computed.h"
#include "base/next_place.h"
#include "base/utf8.h"
#include "engine/canonical_bytes.h"

namespace phiwire {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kOverride = "\xE2\x80\xAE";  // U+202E
constexpr std::string_view kPop = "\xE2\x80\xAC";       // U+202C
// Longer stretches in right-to-left scripts are no disguise.
constexpr std::size_t kLongestOverride = 1024;

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

// Whether "a b c d" begins at c[0], which is no blank.
bool FourApart(const char* c) {
  return c[1] == ' ' && c[3] == ' ' && c[5] == ' ' && c[2] > ' ' &&
         c[4] > ' ' && c[6] > ' ';
}

// Whether that may be, of which most places are told at once.
bool BlanksApart(const char* c) {
  return Computed((c[1] == ' ') & (c[3] == ' ') & (c[5] == ' ')) != 0;
}

constexpr std::size_t kBlock = 512;
constexpr std::size_t kReach = 7;  // of "a b c d"

// Whether there may be four apart that begin in a block. Loops of one kind of
// byte arithmetic, which compilers vectorise.
bool MayHaveApart(const char* block) {
  std::array<std::uint8_t, kBlock + kReach> blank;
  for (std::size_t i = 0; i < blank.size(); ++i) {
    blank[i] = static_cast<std::uint8_t>(block[i] == ' ');
  }
  std::uint8_t any = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    any = static_cast<std::uint8_t>(
        any | (blank[i + 1] & blank[i + 3] & blank[i + 5] & ~blank[i + 2]));
  }
  return any != 0;
}

// First place at or after `from` where a run may begin, else text.size().
std::size_t NextSpacedOut(std::string_view text, std::size_t from) {
  if (text.size() < kReach) return text.size();
  const std::size_t end = text.size() - kReach + 1;
  while (from < end) {
    const std::size_t stop = std::min(end, from + kBlock);
    const bool whole = from + kBlock + kReach <= text.size();
    if (!whole || MayHaveApart(text.data() + from)) {
      for (std::size_t i = from; i < stop; ++i) {
        if (!BlanksApart(text.data() + i)) continue;
        const char before = i == 0 ? ' ' : text[i - 1];
        const bool starts = before == ' ' || before == '\n' || before == '\t';
        const bool first = IsAlnum(text[i]) || text[i] == '(';
        if (starts && first && FourApart(text.data() + i)) return i;
      }
    }
    from = stop;
  }
  return text.size();
}

// The single characters of a spaced-out run stand at first, first + 2, ...
struct SpacedRun {
  std::size_t first = 0;
  std::size_t last = 0;
};

// As far as single characters go, of which runs are cut: what holds for all of
// them, told once.
struct SpacedStretch {
  std::size_t last = 0;        // of its characters
  std::size_t last_alnum = 0;  // or its first character
  std::size_t signs_end = 0;   // behind the last "@"
};

SpacedStretch ReadStretch(std::string_view text, std::size_t first) {
  SpacedStretch stretch{first, first, 0};
  const auto take = [&](std::size_t at) {
    if (IsAlnum(text[at])) stretch.last_alnum = at;
    if (text[at] == '@') stretch.signs_end = at + 1;
  };
  std::size_t last = first;
  while (last + 2 < text.size() && text[last + 1] == ' ' &&
         (IsAlnum(text[last + 2]) || IsJoin(text[last + 2]))) {
    take(last);
    last += 2;
  }
  // "1 2 3mg", "John B Smith": the last is the begin of a word.
  if (last + 1 < text.size() && last > first &&
      (IsAlnum(text[last + 1]) ||
       static_cast<unsigned char>(text[last + 1]) >= 0x80)) {
    last -= 2;
  } else {
    take(last);
  }
  stretch.last = last;
  return stretch;
}

// A label before a number is no part of it: a run ends where letters meet
// digits, but for mail addresses.
SpacedRun RunOf(std::string_view text, std::size_t first,
                const SpacedStretch& stretch) {
  SpacedRun run{first, std::max(first, stretch.last_alnum)};
  if (stretch.signs_end > first) return run;
  bool digits = false;
  bool letters = false;
  for (std::size_t at = first; at <= run.last; at += 2) {
    digits = digits || IsDigit(text[at]);
    letters = letters || IsLetter(text[at]);
    if (digits && letters) {
      run.last = at - 2;
      break;
    }
  }
  while (run.last > first && !IsAlnum(text[run.last])) run.last -= 2;
  return run;
}

bool IsOneIdentifier(std::string_view text, const SpacedRun& run) {
  std::size_t digits = 0;
  std::size_t letters = 0;
  bool joined = false;
  const int step = text[run.first + 2] - text[run.first];
  bool grid = true;  // every digit follows the one before by the same step
  for (std::size_t at = run.first; at <= run.last; at += 2) {
    digits += IsDigit(text[at]);
    letters += IsLetter(text[at]);
    joined = joined || IsJoin(text[at]);
    if (at > run.first) {
      grid = grid && std::abs(step) <= 1 && text[at] - text[at - 2] == step;
    }
  }
  if (letters == 0) return digits >= 6 && (joined || !grid);
  return letters >= 4;
}

}  // namespace

bool HasOverride(std::string_view text) {
  return text.find(kOverride) != kNone;
}

bool HasSpacedOut(std::string_view text) {
  return NextSpacedOut(text, 0) < text.size();
}

void UndoOverrides(std::string_view source, TextLayer* layer) {
  NextPlace pops;
  for (std::size_t at = source.find(kOverride); at != kNone;) {
    const std::size_t inside = at + kOverride.size();
    const std::size_t pop = pops.From(
        inside, [&](std::size_t from) { return source.find(kPop, from); });
    if (pop == kNone) return;
    const std::string_view text = source.substr(inside, pop - inside);
    const bool whole = text.size() + kPop.size() <= kLongestOverride &&
                       text.find(kOverride) == kNone &&
                       text.find('\n') == kNone;
    if (whole) layer->Atom(Backwards(text), at, pop + kPop.size());
    at = source.find(kOverride, whole ? pop : inside);
  }
}

void CloseSpacedOut(std::string_view source, TextLayer* layer) {
  SpacedStretch stretch;
  for (std::size_t at = NextSpacedOut(source, 0); at < source.size();) {
    if (at >= stretch.last) stretch = ReadStretch(source, at);
    const SpacedRun run = RunOf(source, at, stretch);
    if (run.last > run.first && IsOneIdentifier(source, run)) {
      for (std::size_t c = run.first; c < run.last; c += 2) {
        layer->Atom({}, c + 1, c + 2);
      }
    }
    at = NextSpacedOut(source, run.last + 1);
  }
}

}  // namespace phiwire
