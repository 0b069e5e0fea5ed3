// SPDX-License-Identifier: Apache-2.0

#include "recognizers/walkers/tokens.h"

#include <algorithm>

#include "base/doubling_search.h"

namespace phiwire {
namespace {

constexpr std::string_view kNumberWords[] = {
    "no",  "number",     "num",  "nbr", "nr", "id",  "ids",   "is",    "was",
    "are", "identifier", "code", "of",  "as", "the", "reads", "shows", "s"};
constexpr WordSet kConnectorWords(kNumberWords);
constexpr std::string_view kSignWords[] = {"no", "number", "num", "nbr",
                                           "nr", "id",     "ids", "identifier"};
constexpr WordSet kSigns(kSignWords);

constexpr std::string_view kParticleWords[] = {
    "de", "la", "del", "der", "den", "van", "von", "el", "al", "y"};
constexpr WordSet kParticles(kParticleWords);

bool IsConnectorWord(const Token& t) {
  return IsHash(t, "of") || IsHash(t, "and") || IsHash(t, "the") ||
         IsHash(t, "for") || IsHash(t, "at");
}

bool IsRunWord(const Document& d, const Token& t, const RunOptions& options) {
  if (IsNameWord(d, t)) return true;
  return options.digits && (IsNumber(t) || IsMixed(t));
}

// Punctuation inside a run: hyphen and apostrophe with no blank around them,
// the full stop of an abbreviation, an ampersand.
bool IsRunJoint(const Document& d, std::size_t i, const RunOptions& options) {
  const Token& t = d.tokens[i];
  if (i == 0 || i + 1 >= d.tokens.size()) return false;
  const Token& before = d.tokens[i - 1];
  const Token& after = d.tokens[i + 1];
  if (IsSymbol(t, '-') || IsSymbol(t, '\'') || t.symbol == 0x80) {
    return t.kind == TokenKind::kPunct && Joined(before, t) && Joined(t, after);
  }
  if (IsSymbol(t, '.')) {
    return Joined(before, t) && IsWord(before) && Length(before) <= 3;
  }
  return options.connectors && IsSymbol(t, '&');
}

// The "s" of a possessive, and a particle between capitalised words.
bool IsRunFiller(const Document& d, std::size_t i, const RunOptions& options) {
  const Token& t = d.tokens[i];
  if (i == 0 || !IsWord(t)) return false;
  if (IsHash(t, "s") && Joined(d.tokens[i - 1], t)) return true;
  if (kParticles.Has(t.hash)) return true;
  return options.connectors && IsConnectorWord(t);
}

// Of tokens [first, last) the first that begins at or after byte `at`, or last.
std::size_t FirstFrom(const std::vector<Token>& tokens, std::uint32_t at,
                      std::size_t first, std::size_t last) {
  const Token* const all = tokens.data();
  const Token* const it = std::lower_bound(
      all + first, all + last, at,
      [](const Token& t, std::uint32_t byte) { return t.begin < byte; });
  return static_cast<std::size_t>(it - all);
}

}  // namespace

std::size_t TokenAt(const Document& d, std::uint32_t at) {
  return FirstFrom(d.tokens, at, 0, d.tokens.size());
}

std::size_t TokenAt(const Document& d, std::uint32_t at, std::size_t near) {
  const std::vector<Token>& tokens = d.tokens;
  const std::size_t size = tokens.size();
  const auto before = [&](std::size_t i) { return tokens[i].begin < at; };
  if (near < size && before(near)) return FirstNotBefore(near, size, before);
  const std::size_t from = std::min(near, size);
  std::size_t first = 0;
  std::size_t last = from;
  for (std::size_t step = 1; step <= from; step *= 2) {
    if (before(from - step)) {
      first = from - step + 1;
      break;
    }
    last = from - step;
  }
  return FirstFrom(tokens, at, first, last);
}

std::size_t RunLeft(const Document& d, std::size_t end,
                    const RunOptions& options) {
  std::size_t first = end;
  std::size_t words = 0;
  for (std::size_t i = end; i > 0 && end - i < kMaxRun;) {
    --i;
    const Token& t = d.tokens[i];
    if (IsRunWord(d, t, options)) {
      if (++words > options.max_words) break;
      first = i;
    } else if (!IsRunJoint(d, i, options) && !IsRunFiller(d, i, options)) {
      break;
    }
  }
  return first;
}

std::size_t RunRight(const Document& d, std::size_t begin,
                     const RunOptions& options) {
  std::size_t last = begin;
  std::size_t words = 0;
  for (std::size_t i = begin; i < d.tokens.size() && i - begin < kMaxRun; ++i) {
    const Token& t = d.tokens[i];
    if (IsRunWord(d, t, options)) {
      // A full stop that ended a sentence is no joint: the word after it is
      // not part of the run unless the stop belonged to an abbreviation.
      if (++words > options.max_words) break;
      last = i + 1;
    } else if (i > begin && IsHash(t, "s") && Joined(d.tokens[i - 1], t)) {
      last = last == i - 1 ? i + 1 : last;
    } else if (i == begin ||
               (!IsRunJoint(d, i, options) && !IsRunFiller(d, i, options))) {
      break;
    }
  }
  return last;
}

ValueStart SkipConnectors(const Document& d, std::size_t token) {
  constexpr std::size_t kMaxSkipped = 8;
  ValueStart out;
  for (std::size_t i = token; i < d.tokens.size() && i < token + kMaxSkipped;
       ++i) {
    const Token& t = d.tokens[i];
    if (IsNewline(t)) {
      if (out.line_break) return out;
      out.line_break = true;
    } else if (t.kind == TokenKind::kPunct) {
      switch (t.symbol) {
        case ':':
        case '#':
        case '=':
        case '|':
          out.explicit_sign = true;
          break;
        case '.':
        case '"':
        case '\'':
        case '(':
        case ')':
        case '[':
        case '>':
        case '-':
        case '/':
        case ',':
        case '*':
        case '^':
        case '_':
          break;
        default:
          return out;
      }
    } else if (IsWord(t) && kConnectorWords.Has(t.hash) &&
               t.letter_case != Case::kInitial) {
      out.explicit_sign = out.explicit_sign || kSigns.Has(t.hash);
    } else {
      out.token = i;
      out.found = true;
      return out;
    }
  }
  return out;
}

}  // namespace phiwire
