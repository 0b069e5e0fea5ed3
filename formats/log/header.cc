// SPDX-License-Identifier: Apache-2.0

#include "formats/log/header.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/ascii.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMostTokens = 6;
constexpr std::size_t kLongestToken = 64;
constexpr std::size_t kMostPidDigits = 7;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLetter(char c) { return IsLower(c) || IsUpper(c); }
bool IsNameByte(char c) { return IsLetter(c) || IsDigit(c) || c == '_'; }

bool IsThreeOf(std::string_view text, std::size_t at, std::string_view all) {
  const std::string_view three = text.substr(at, 3);
  if (three.size() < 3) return false;
  const std::size_t found = all.find(three);
  return found != kNone && found % 3 == 0;
}

// '9' is a digit, '8' one or two or a blank and one, 'M' a month, 'W' a day of
// the week, '/' any separator of dates; everything else itself.
std::size_t Match(std::string_view text, std::size_t at,
                  std::string_view shape) {
  for (const char want : shape) {
    if (at >= text.size()) return kNone;
    const char c = text[at];
    switch (want) {
      case '9':
        if (!IsDigit(c)) return kNone;
        ++at;
        break;
      case '8': {
        if (c == ' ') ++at;
        const std::size_t digits = DigitsAt(text, at);
        if (digits == 0 || digits > (c == ' ' ? 1u : 2u)) return kNone;
        at += digits;
        break;
      }
      case 'M':
        if (!IsThreeOf(text, at, "JanFebMarAprMayJunJulAugSepOctNovDec")) {
          return kNone;
        }
        at += 3;
        break;
      case 'W':
        if (!IsThreeOf(text, at, "MonTueWedThuFriSatSun")) return kNone;
        at += 3;
        break;
      case '/':
        if (c != '/' && c != '-' && c != '.') return kNone;
        ++at;
        break;
      default:
        if (c != want) return kNone;
        ++at;
    }
  }
  return at;
}

// hh:mm[:ss][.,fraction][ AM][Z|+hh:mm]; `at` when there is none.
std::size_t TimeEnd(std::string_view text, std::size_t at) {
  std::size_t end = Match(text, at, "8:99");
  if (end == kNone) return at;
  if (const std::size_t seconds = Match(text, end, ":99"); seconds != kNone) {
    end = seconds;
  }
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',') &&
      IsDigit(text[end + 1])) {
    end += 1 + DigitsAt(text, end + 1);
  }
  for (const std::string_view half : {" AM", " PM"}) {
    if (text.substr(end, 3) == half) end += 3;
  }
  if (end < text.size() && text[end] == 'Z') return end + 1;
  const std::size_t sign = end + (end < text.size() && text[end] == ' ');
  if (sign < text.size() && (text[sign] == '+' || text[sign] == '-')) {
    for (const std::string_view zone : {"99:99", "9999"}) {
      const std::size_t to = Match(text, sign + 1, zone);
      if (to != kNone) return to;
    }
  }
  return end;
}

std::size_t SkipSpaces(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

std::size_t TokenEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != ' ' && text[at] != '\t') ++at;
  return at;
}

bool AllDigits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), IsDigit);
}

// a.b.Class, a.b.c: two dots, or one before a class name.
bool IsLogger(std::string_view token) {
  if (token.empty() || !IsLower(token.front()) ||
      token.size() > kLongestToken || !IsNameByte(token.back())) {
    return false;
  }
  std::size_t dots = 0;
  bool class_name = false;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '.') {
      ++dots;
      class_name = IsUpper(token[i + 1]);
      if (!IsLetter(token[i + 1])) return false;
    } else if (!IsNameByte(token[i]) && token[i] != '$') {
      return false;
    }
  }
  return dots >= 2 || (dots == 1 && class_name);
}

// http-nio-8080-exec-5, pool-1-thread-3, main: a hyphen and a number, and
// words no person has between them.
bool IsThread(std::string_view token) {
  if (token == "main") return true;
  if (token.size() > kLongestToken || token.empty() || !IsDigit(token.back())) {
    return false;
  }
  constexpr std::string_view kWords[] = {
      "exec", "thread", "pool",   "worker", "nio",     "http",
      "task", "qtp",    "Thread", "Worker", "executor"};
  return token.find('-') != kNone && token.find(' ') == kNone &&
         std::any_of(
             std::begin(kWords), std::end(kWords),
             [&](std::string_view word) { return token.find(word) != kNone; });
}

// A token that says nothing of anybody.
bool IsHarmless(std::string_view token) {
  while (!token.empty() && (token.back() == ':' || token.back() == ',')) {
    token.remove_suffix(1);
  }
  return (AllDigits(token) && token.size() <= kMostPidDigits) ||
         IsLevel(token) || IsLogger(token) || token == "main" || token == "-" ||
         token == "---";
}

// What stands between brackets: "[main]", "[INFO]", "[4711]", "[UUID]".
bool TakeBracket(std::size_t begin, std::size_t end, Parts* parts) {
  const std::string_view inside = parts->entry().substr(begin, end - begin);
  if (IsUuid(inside)) {
    parts->Slot(begin, end, PhiType::kId, "request_id");
    return true;
  }
  std::string_view trimmed = inside;
  while (!trimmed.empty() && trimmed.back() == ' ') trimmed.remove_suffix(1);
  while (!trimmed.empty() && trimmed.front() == ' ') trimmed.remove_prefix(1);
  if (!IsHarmless(trimmed) && !IsThread(trimmed)) return false;
  parts->Keep(begin, end);
  return true;
}

// Level, thread, process and logger behind the stamp, in any order.
std::size_t TakeTokens(std::size_t at, std::size_t end, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  for (std::size_t n = 0; n < kMostTokens; ++n) {
    const std::size_t begin = SkipSpaces(line, at);
    if (begin >= end) break;
    if (line[begin] == '[' || line[begin] == '(') {
      const char close = line[begin] == '[' ? ']' : ')';
      const std::size_t to = line.find(close, begin);
      if (to == kNone || !TakeBracket(begin + 1, to, parts)) break;
      at = to + 1;
      continue;
    }
    const std::size_t to = TokenEnd(line, begin);
    if (!IsHarmless(line.substr(begin, to - begin))) break;
    parts->Keep(begin, to);
    at = to;
  }
  return at;
}

// sshd, kube-controller, CROND: a program's name.
bool IsProgram(std::string_view name) {
  constexpr std::size_t kLongest = 32;
  return !name.empty() && name.size() <= kLongest && IsLetter(name[0]) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return IsNameByte(c) || c == '-' || c == '.' || c == '/';
         });
}

// app[4711]: or app: of syslog.
std::size_t TakeTag(std::size_t at, std::size_t end, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  const std::size_t to = TokenEnd(line, at);
  const std::string_view tag = line.substr(at, to - at);
  if (tag.empty() || tag.back() != ':') return at;
  const std::size_t open = std::min(tag.find('['), tag.size() - 1);
  if (!IsProgram(tag.substr(0, open))) return at;
  if (tag[open] == '[' &&
      (tag.size() < open + 4 || tag[tag.size() - 2] != ']' ||
       !AllDigits(tag.substr(open + 1, tag.size() - open - 3)))) {
    return at;
  }
  parts->Keep(at, to);
  return to;
}

// HOST APP PROCID MSGID of RFC 5424.
std::size_t TakeSyslog5424(std::size_t at, std::size_t end, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  for (int i = 0; i < 4; ++i) {
    const std::size_t begin = SkipSpaces(line, at);
    const std::size_t to = TokenEnd(line, begin);
    if (begin == to) return at;
    if (i == 0) {
      parts->Text(begin, to, "host");
    } else if (const auto token = line.substr(begin, to - begin);
               AllDigits(token) || IsProgram(token)) {
      parts->Keep(begin, to);
    }
    at = to;
  }
  // "[id@32473 key=...": structured data.
  const std::size_t open = SkipSpaces(line, at);
  const std::size_t to = TokenEnd(line, open);
  const std::string_view id = line.substr(open, to - open);
  const std::size_t sign = id.find('@');
  if (id.size() > 1 && id[0] == '[' && sign != kNone &&
      IsProgram(id.substr(1, sign - 1)) && AllDigits(id.substr(sign + 1))) {
    parts->Keep(open, to);
    at = to;
  }
  return at;
}

std::size_t TakeSyslog3164(std::size_t at, std::size_t end, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  const std::size_t host = SkipSpaces(line, at);
  const std::size_t to = TokenEnd(line, host);
  const std::size_t tag = SkipSpaces(line, to);
  const std::size_t after = TakeTag(tag, end, parts);
  if (after == tag) return at;  // no host without a tag behind it
  parts->Text(host, to, "host");
  return after;
}

// "W0301 12:30:45.123456    4711 file.go:114]" of Kubernetes.
std::size_t TakeKlog(std::size_t end, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  if (line.empty() || std::string_view("IWEFD").find(line[0]) == kNone) {
    return 0;
  }
  const std::size_t time = Match(line, 1, "9999 ");
  const std::size_t close = line.find("] ");
  if (time == kNone || TimeEnd(line, time) == time || close == kNone ||
      close > 2 * kLongestToken) {
    return 0;
  }
  parts->Slot(1, 5, PhiType::kDate, "time");
  parts->Keep(time, close);
  return close + 1;
}

}  // namespace

Stamp StampAt(std::string_view text, std::size_t at) {
  if (at + 8 > text.size()) return {};
  struct Shape {
    std::string_view day;
    std::string_view joints;  // what may stand before the time
  };
  static constexpr Shape kNumeric[] = {
      {"9999/99/99", "T "}, {"99/M/9999", ": "}, {"99/99/9999", " "}};
  static constexpr Shape kWordy[] = {
      {"M 8, 9999", " "}, {"M 8", " "}, {"W M 8", " "}, {"W, 99 M 9999", " "}};
  const std::span<const Shape> shapes = IsDigit(text[at])
                                            ? std::span<const Shape>(kNumeric)
                                            : std::span<const Shape>(kWordy);
  if (!IsDigit(text[at]) && !IsUpper(text[at])) return {};
  for (const Shape& shape : shapes) {
    const std::size_t day = Match(text, at, shape.day);
    if (day == kNone || day >= text.size() ||
        shape.joints.find(text[day]) == kNone) {
      continue;
    }
    const std::size_t end = TimeEnd(text, day + 1);
    if (end != day + 1) return {at, day, end};
  }
  return {};
}

std::size_t TakeStamp(std::size_t at, Parts* parts) {
  const Stamp stamp = StampAt(parts->entry(), at);
  if (stamp.end == 0) return at;
  parts->Slot(stamp.day_begin, stamp.day_end, PhiType::kDate, "time");
  parts->Keep(stamp.day_end, stamp.end);
  return stamp.end;
}

std::size_t TakeHeader(std::size_t end, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  std::size_t at = 0;
  bool versioned = false;
  if (Match(line, 0, "<9") != kNone) {
    const std::size_t close = 1 + DigitsAt(line, 1);
    if (close < end && line[close] == '>') {
      at = close + 1;
      versioned = Match(line, at, "9 ") != kNone;
      if (versioned) at += 2;
      parts->Keep(0, at);
    }
  }
  if (const std::size_t klog = TakeKlog(end, parts); klog != 0) return klog;
  // A level or a process may come before the stamp: "INFO 2024-03-01 ...".
  const std::size_t word = TokenEnd(line, at);
  if (IsLevel(line.substr(at, word - at))) {
    parts->Keep(at, word);
    at = SkipSpaces(line, word);
  }
  const bool bracket = at < end && line[at] == '[';
  const std::size_t begin = at + (bracket ? 1 : 0);
  const std::size_t after = TakeStamp(begin, parts);
  if (after == begin) {
    return at == 0 ? TakeTokens(0, end, parts) : at;
  }
  at = after;
  if (bracket) {
    const std::size_t close = line.find(']', at);
    if (close != kNone && close - at <= 6) {  // " 2024]"
      parts->Keep(at, close);
      at = close + 1;
    }
  }
  if (versioned) return TakeSyslog5424(at, end, parts);
  if (!bracket && IsUpper(line[begin])) {
    const std::size_t tagged = TakeSyslog3164(at, end, parts);
    if (tagged != at) return tagged;
  }
  return TakeTokens(at, end, parts);
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = text[i];
    const bool hex =
        IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (hyphen ? c != '-' : !hex) return false;
  }
  return true;
}

bool IsLevel(std::string_view word) {
  while (!word.empty() && (word.back() == ':' || word.back() == ']')) {
    word.remove_suffix(1);
  }
  while (!word.empty() && word.front() == '[') word.remove_prefix(1);
  if (word.size() < 3 || word.size() > 9 || !IsLetter(word[0])) return false;
  static constexpr std::string_view kLevels[] = {
      "TRACE",  "DEBUG", "INFO",      "WARN",   "WARNING", "ERROR",   "FATAL",
      "NOTICE", "FINE",  "CRITICAL",  "SEVERE", "PANIC",   "ALERT",   "CRIT",
      "trace",  "debug", "info",      "warn",   "warning", "error",   "fatal",
      "notice", "crit",  "critical",  "Info",   "Error",   "Warning", "Debug",
      "LOG:",   "LOG",   "STATEMENT", "DETAIL", "HINT"};
  return std::find(std::begin(kLevels), std::end(kLevels), word) !=
         std::end(kLevels);
}

bool IsFrame(std::string_view line) {
  const std::size_t at = SkipSpaces(line, 0);
  if (line.substr(at, 4) == "... ") {
    const std::size_t digits = DigitsAt(line, at + 4);
    return digits > 0 && line.substr(at + 4 + digits).substr(0, 5) == " more";
  }
  if (line.substr(at, 3) != "at ") return false;
  const std::size_t open = line.find('(', at);
  if (open == kNone || line.back() != ')') return false;
  const std::string_view method = line.substr(at + 3, open - at - 3);
  const std::string_view source = line.substr(open + 1, line.size() - open - 2);
  const auto is_method = [](char c) {
    return IsNameByte(c) || c == '.' || c == '$' || c == '<' || c == '>' ||
           c == '/' || c == '@' || c == '-';
  };
  const auto is_source = [](char c) {
    return IsNameByte(c) || c == '.' || c == ':' || c == '$' || c == '-';
  };
  return method.find('.') != kNone &&
         std::all_of(method.begin(), method.end(), is_method) &&
         (source == "Native Method" || source == "Unknown Source" ||
          std::all_of(source.begin(), source.end(), is_source));
}

}  // namespace phiwire::log
