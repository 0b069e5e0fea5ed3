// SPDX-License-Identifier: Apache-2.0
//
// E-mail and Internet addresses: from a short literal to both ends, on bytes.

#include <cstddef>
#include <string_view>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "recognizers/validators/validators.h"
#include "recognizers/walkers/tokens.h"
#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxLocal = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxUrl = 2048;

bool IsAlpha(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsWordByte(char c) {
  return IsAlpha(c) || IsDigit(c) || static_cast<unsigned char>(c) >= 0x80;
}
bool IsLocal(char c) {
  return IsWordByte(c) || c == '.' || c == '_' || c == '%' || c == '+' ||
         c == '-' || c == '=' || c == '\'';
}
bool IsDomain(char c) { return IsWordByte(c) || c == '.' || c == '-'; }
bool IsHex(char c) {
  return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

bool Emit(std::size_t begin, std::size_t end, bool strong, Walked* out) {
  *out = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
          strong};
  return begin < end;
}

// Ends with a label of two letters or more behind a full stop.
bool HasTopLevel(std::string_view domain) {
  const std::size_t dot = domain.rfind('.');
  if (dot == domain.npos || dot == 0) return false;
  const std::string_view top = domain.substr(dot + 1);
  if (top.size() < 2) return false;
  for (char c : top) {
    if (IsDigit(c) || c == '-') return false;
  }
  return true;
}

// Quotes, brackets and white space, where a URL ends.
constexpr ByteSet kUrlStops("\"<>|`{}\\", ' ');

// End of a URL that runs on from `at`, without the punctuation of the sentence
// around it.
std::size_t UrlEnd(std::string_view text, std::size_t at) {
  std::string_view url = text.substr(at, kMaxUrl);
  url = url.substr(0, kUrlStops.NextIn(url, 0));
  std::size_t last = url.find_last_not_of(".,;:!?']*)");
  if (last + 1 != url.size() && url.find('(') != url.npos) {
    last = url.find_last_not_of(".,;:!?']*");
  }
  return at + last + 1;
}

// Position of the at sign or the word "at" in brackets at or before `end`.
std::size_t AtSign(std::string_view text, std::size_t end) {
  const std::size_t from = end > 12 ? end - 12 : 0;
  for (std::size_t i = end; i-- > from;) {
    if (text[i] == '@') return i;
    const bool at = i + 3 < text.size() && (text[i] == '[' || text[i] == '(') &&
                    (text[i + 1] | 0x20) == 'a' && (text[i + 2] | 0x20) == 't';
    if (at) return i;
  }
  return text.npos;
}

// Behind one label of a domain: ".", " . ", "[dot]", "(dot)" or " dot ".
std::size_t DotAt(std::string_view text, std::size_t at) {
  std::size_t i = at;
  while (i < text.size() && i < at + 2 && text[i] == ' ') ++i;
  if (i < text.size() && (text[i] == '.' || text[i] == ',')) {
    const bool comma = text[i] == ',';
    ++i;
    if (comma && i < text.size() && text[i] == ' ') return at;
  } else {
    const bool bracket = i < text.size() && (text[i] == '[' || text[i] == '(');
    if (bracket) ++i;
    if (i + 3 > text.size() || (text[i] | 0x20) != 'd' ||
        (text[i + 1] | 0x20) != 'o' || (text[i + 2] | 0x20) != 't') {
      return at;
    }
    i += 3;
    if (bracket ? i >= text.size() || (text[i] != ']' && text[i] != ')')
                : i >= text.size() || text[i] != ' ') {
      return at;
    }
    ++i;
  }
  while (i < text.size() && i < at + 8 && text[i] == ' ') ++i;
  return i < text.size() && IsWordByte(text[i]) ? i : at;
}

}  // namespace

bool WalkEmail(const Document& d, const WalkStart& start, Walked* out) {
  const std::string_view text = d.text;
  const std::size_t at = start.end - 2;
  std::size_t begin = at;
  while (begin > 0 && at - begin < kMaxLocal && IsLocal(text[begin - 1]))
    --begin;
  while (begin < at && (text[begin] == '.' || text[begin] == '\'' ||
                        text[begin] == '=' || text[begin] == '-')) {
    ++begin;
  }
  std::size_t end = at + 1;
  while (end < text.size() && end - at < kMaxDomain && IsDomain(text[end]))
    ++end;
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  if (begin == at) return false;
  return Emit(begin, end, HasTopLevel(text.substr(at + 1, end - at - 1)), out);
}

bool WalkEmailSpaced(const Document& d, const WalkStart& start, Walked* out) {
  const std::string_view text = d.text;
  const std::size_t at = AtSign(text, start.end);
  if (at == text.npos || at == 0) return false;
  std::size_t end = start.end - 1;
  std::size_t labels = 0;
  for (std::size_t next = end; labels < 6; ++labels) {
    end = next;
    while (end < text.size() && (IsWordByte(text[end]) || text[end] == '-'))
      ++end;
    next = DotAt(text, end);
    if (next == end) break;
  }
  if (labels == 0) return false;
  std::size_t left = at;
  while (left > 0 && at - left < 3 &&
         (text[left - 1] == ' ' || text[left - 1] == '[' ||
          text[left - 1] == '(')) {
    --left;
  }
  std::size_t begin = left;
  while (begin > 0 && left - begin < kMaxLocal && IsLocal(text[begin - 1])) {
    --begin;
    // "jane . doe @"
    if (begin > 2 && text[begin - 1] == ' ' && text[begin - 2] == '.' &&
        text[begin - 3] == ' ') {
      begin -= 3;
    }
  }
  if (begin == left) return false;
  const char top = text[end - 1];
  return Emit(begin, end, IsAlpha(top), out);
}

bool WalkEmailSpelled(const Document& d, const WalkStart& start, Walked* out) {
  constexpr std::string_view kJoiners[] = {
      "dot", "underscore", "dash", "hyphen", "plus", "period", "point"};
  constexpr WordSet kJoins(kJoiners);
  const auto& tokens = d.tokens;
  std::size_t i = TokenAt(d, start.end);
  if (i == 0) return false;
  const std::size_t end = --i;  // the top-level word
  bool at = false;
  std::size_t begin = end;
  // Words alternate with "dot"; one "at" among them.
  for (std::size_t steps = 0; i > 0 && steps < 14; ++steps) {
    const Token& t = tokens[i - 1];
    if (IsSymbol(t, '(') || IsSymbol(t, ')') || IsSymbol(t, '[') ||
        IsSymbol(t, ']') || IsSymbol(t, '-')) {
      --i;
      continue;
    }
    const bool sign = !at && (IsHash(t, "at") || IsSymbol(t, '@'));
    if (!sign && !kJoins.Has(t.hash)) break;
    std::size_t word = i - 1;
    while (word > 0 && (IsSymbol(tokens[word - 1], '(') ||
                        IsSymbol(tokens[word - 1], '['))) {
      --word;
    }
    if (word == 0 || tokens[word - 1].kind == TokenKind::kPunct ||
        IsNewline(tokens[word - 1])) {
      break;
    }
    at = at || sign;
    begin = i = word - 1;
  }
  return at && Emit(tokens[begin].begin, tokens[end].end, true, out);
}

bool WalkUrl(const Document& d, const WalkStart& start, Walked* out) {
  const std::string_view text = d.text;
  const std::size_t from = start.end > 16 ? start.end - 16 : 0;
  std::size_t begin = 0;
  const std::size_t slashes = text.substr(from, start.end - from).rfind("://");
  if (slashes == text.npos) {
    begin = start.end - 5;  // "www." and one byte
  } else {
    begin = from + slashes;
    while (begin > 0 && IsWordByte(text[begin - 1])) --begin;
  }
  return Emit(begin, UrlEnd(text, start.end - 1), true, out);
}

bool WalkBareDomain(const Document& d, const WalkStart& start, Walked* out) {
  const std::string_view text = d.text;
  std::size_t begin = start.end;
  while (begin > 0 && start.end - begin < kMaxDomain &&
         IsDomain(text[begin - 1])) {
    --begin;
  }
  while (begin < start.end && !IsWordByte(text[begin])) ++begin;
  if (begin > 0 && (text[begin - 1] == '@' || text[begin - 1] == '/' ||
                    text[begin - 1] == '_')) {
    return false;
  }
  std::size_t end = start.end;
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == '-') &&
      IsWordByte(text[end + 1])) {
    return false;  // a longer name: its own hit
  }
  if (end < text.size() && text[end] == '@') return false;
  const bool path =
      end + 1 < text.size() && (text[end] == '/' || text[end] == '?' ||
                                (text[end] == ':' && IsDigit(text[end + 1])));
  if (path) end = UrlEnd(text, end);
  const std::string_view name = text.substr(begin, start.end - begin);
  const std::size_t dot = name.find('.');
  if (dot == name.npos || dot == 0) return false;
  bool letters = false;
  for (char c : name.substr(0, dot)) letters = letters || IsAlpha(c);
  return letters && Emit(begin, end, path || dot >= 3, out);
}

bool WalkRequestPath(const Document& d, const WalkStart& start, Walked* out) {
  const std::string_view text = d.text;
  std::size_t begin = start.end - 1;
  while (begin > 0) {
    const char c = text[begin - 1];
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' ||
        c == '=' || c == '(') {
      break;
    }
    --begin;
  }
  const std::size_t end = UrlEnd(text, begin);
  const std::string_view path =
      text.substr(begin, end > begin ? end - begin : 0);
  std::size_t digits = 0;
  bool carries = path.find('=') != path.npos || path.find('@') != path.npos;
  for (char c : path) {
    digits = IsDigit(c) ? digits + 1 : 0;
    carries = carries || digits >= 4;
  }
  return !path.empty() && path[0] == '/' && carries &&
         Emit(begin, end, true, out);
}

bool WalkUrlSpelled(const Document& d, const WalkStart& start, Walked* out) {
  std::size_t i = TokenAt(d, start.end - 1);
  if (i < 2 || i >= d.tokens.size()) return false;
  std::size_t last = i + 1;
  while (last + 1 < d.tokens.size() && last < i + 12 &&
         (IsHash(d.tokens[last], "dot") || IsHash(d.tokens[last], "slash") ||
          IsHash(d.tokens[last], "dash"))) {
    last += 2;
  }
  return Emit(d.tokens[i - 2].begin, d.tokens[last - 1].end, last > i + 1, out);
}

bool WalkIpv6(const Document& d, const WalkStart& start, Walked* out) {
  const std::string_view text = d.text;
  const auto inside = [](char c) { return IsHex(c) || c == ':' || c == '.'; };
  std::size_t begin = start.end;
  while (begin > 0 && start.end - begin < 48 && inside(text[begin - 1]))
    --begin;
  std::size_t end = start.end;
  while (end < text.size() && end - begin < 48 && inside(text[end])) ++end;
  while (end > begin && (text[end - 1] == ':' || text[end - 1] == '.')) --end;
  if (begin > 0 && IsWordByte(text[begin - 1])) return false;
  if (end < text.size() && IsWordByte(text[end])) return false;
  return IsIpv6(text.substr(begin, end - begin)) && Emit(begin, end, true, out);
}

}  // namespace phiwire
