// SPDX-License-Identifier: Apache-2.0
//
// Literals of SQL statements under their columns. Comparisons (column = value)
// are pairs (values.cc); here are INSERT's lists, LIKE and IN.

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/next_place.h"
#include "formats/log/values.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMostColumns = 256;

bool IsNameByte(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// A word in either case.
class Either {
 public:
  Either(std::string_view text, std::string_view upper, std::string_view lower)
      : text_(text), upper_(upper), lower_(lower) {}
  std::size_t From(std::size_t from) {
    const auto next = [&](NextPlace* place, std::string_view word) {
      return place->From(from,
                         [&](std::size_t at) { return text_.find(word, at); });
    };
    return std::min(next(&next_upper_, upper_), next(&next_lower_, lower_));
  }

 private:
  std::string_view text_, upper_, lower_;
  NextPlace next_upper_, next_lower_;
};

std::size_t SkipSpaces(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n' ||
                              text[at] == '\t' || text[at] == '\r')) {
    ++at;
  }
  return at;
}

// Behind a literal that begins at `at` with its quote; npos: it is not closed.
std::size_t LiteralEnd(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] != '\'') continue;
    if (i + 1 < text.size() && text[i + 1] == '\'') {
      ++i;
    } else {
      return i + 1;
    }
  }
  return kNone;
}

// The names of "(a, `b`, c)" that begins at `open`, and where it ends.
std::vector<std::string_view> Columns(std::string_view text, std::size_t open,
                                      std::size_t* end) {
  std::vector<std::string_view> out;
  std::size_t at = open + 1;
  *end = 0;
  while (at < text.size() && out.size() < kMostColumns) {
    while (at < text.size() &&
           (text[at] == ' ' || text[at] == '`' || text[at] == '"')) {
      ++at;
    }
    const std::size_t begin = at;
    while (at < text.size() && IsNameByte(text[at])) ++at;
    out.push_back(text.substr(begin, at - begin));
    while (at < text.size() &&
           (text[at] == ' ' || text[at] == '`' || text[at] == '"')) {
      ++at;
    }
    if (at >= text.size() || (text[at] != ',' && text[at] != ')')) return {};
    if (text[at++] == ')') {
      *end = at;
      return out;
    }
  }
  return {};
}

// "('a', 2, null)" from `open` on, value by value, and whether it is closed;
// *stop: where it ends, or can't go on. `ends`: of values without quotes in
// this text.
template <typename Take>
bool ForEachValue(std::string_view text, std::size_t open, NextPlace* ends,
                  std::size_t* stop, Take take) {
  std::size_t& at = *stop;
  at = open + 1;
  for (std::size_t n = 0; at < text.size(); ++n) {
    at = SkipSpaces(text, at);
    if (at >= text.size()) return false;
    if (text[at] == '\'') {
      const std::size_t end = LiteralEnd(text, at);
      if (end == kNone) return false;
      take(n, at + 1, end - 1, true);
      at = end;
    } else {
      const std::size_t found = ends->From(
          at, [&](std::size_t from) { return text.find_first_of(",)", from); });
      const std::size_t end = std::min(found, text.size());
      std::size_t last = end;
      while (last > at && text[last - 1] == ' ') --last;
      take(n, at, last, false);
      at = end;
    }
    at = SkipSpaces(text, at);
    if (at >= text.size()) return false;
    const char sign = text[at];
    if (sign != ')' && sign != ',') return false;
    ++at;
    if (sign == ')') return true;
  }
  return false;
}

void TakeInsert(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  const std::size_t values = Either(text, "VALUES", "values").From(begin);
  const std::size_t insert =
      Either(text, "INSERT INTO", "insert into").From(begin);
  if (values == kNone || insert >= values) return;
  const std::size_t open = text.find('(', insert);
  if (open >= values) return;
  std::size_t after = 0;
  const std::vector<std::string_view> columns = Columns(text, open, &after);
  if (columns.empty()) return;
  NextPlace ends;
  std::size_t at = SkipSpaces(text, values + 6);
  while (at < text.size() && text[at] == '(') {
    const bool closed = ForEachValue(
        text, at, &ends, &at,
        [&](std::size_t n, std::size_t from, std::size_t to, bool quoted) {
          if (n >= columns.size()) return;
          TakeValue(columns[n], from, to,
                    quoted ? Quoting::kDoubled : Quoting::kNone, keys, parts);
        });
    if (!closed) return;
    at = SkipSpaces(text, at);
    if (at < text.size() && text[at] == ',') at = SkipSpaces(text, at + 1);
  }
}

std::string_view WordBefore(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && IsNameByte(text[begin - 1])) --begin;
  return text.substr(begin, at - begin);
}

void TakeLike(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  Either like(text, " LIKE '", " like '");
  std::size_t at = begin;
  while ((at = like.From(at)) != kNone) {
    const std::size_t open = at + 6;
    const std::size_t close = LiteralEnd(text, open);
    if (close == kNone) return;
    TakeValue(WordBefore(text, at), open + 1, close - 1, Quoting::kDoubled,
              keys, parts);
    at = close;
  }
}

void TakeIn(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  constexpr int kMostUnclosed = 16;
  int unclosed = 0;
  Either in(text, " IN (", " in (");
  NextPlace ends;
  std::size_t at = begin;
  while ((at = in.From(at)) != kNone) {
    const std::string_view column = WordBefore(text, at);
    const std::size_t open = at + 4;
    const auto take = [&](std::size_t, std::size_t from, std::size_t to,
                          bool quoted) {
      if (quoted) {
        TakeValue(column, from, to, Quoting::kDoubled, keys, parts);
      }
    };
    const bool closed = ForEachValue(text, open, &ends, &at, take);
    // One inside it may be; a text of such lists is not read through for each.
    if (!closed && ++unclosed <= kMostUnclosed) at = open;
  }
}

}  // namespace

void TakeSql(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  // All of these have a quote or bring nothing.
  if (parts->entry().substr(begin, end - begin).find('\'') == kNone) return;
  TakeInsert(begin, end, keys, parts);
  TakeLike(begin, end, keys, parts);
  TakeIn(begin, end, keys, parts);
}

}  // namespace phiwire::log
