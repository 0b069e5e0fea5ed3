// SPDX-License-Identifier: Apache-2.0
//
// Access logs of web servers (common and combined log format) and the targets
// of requests.

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "engine/decoded_text.h"
#include "formats/log/header.h"
#include "formats/log/values.h"

namespace phiwire::log {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestFront = 256;
constexpr std::size_t kMinIdDigits = 4;

bool IsLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool IsAddress(std::string_view token) {
  const std::size_t marks =
      static_cast<std::size_t>(std::count(token.begin(), token.end(), '.') +
                               std::count(token.begin(), token.end(), ':'));
  return marks >= 2 && std::all_of(token.begin(), token.end(), [](char c) {
           return IsDigit(c) || c == '.' || c == ':' ||
                  (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

// "Mozilla/5.0 (...)", "kube-probe/1.27": a program and its version.
bool IsAgent(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == kNone || slash == 0 || slash + 1 >= text.size()) return false;
  return IsDigit(text[slash + 1]) && text.find('@') == kNone &&
         std::all_of(text.begin(),
                     text.begin() + static_cast<std::ptrdiff_t>(slash),
                     [](char c) {
                       return IsLetter(c) || IsDigit(c) || c == '-' ||
                              c == '_' || c == '.';
                     });
}

// An id: a UUID, or with four digits and more.
bool IsId(std::string_view segment) {
  const auto digits = static_cast<std::size_t>(
      std::count_if(segment.begin(), segment.end(), IsDigit));
  return IsUuid(segment) || digits >= kMinIdDigits;
}

// A stretch of a path as words.
void TakeWords(std::size_t begin, std::size_t end, Parts* parts) {
  const std::string_view raw = parts->entry().substr(begin, end - begin);
  if (std::count_if(raw.begin(), raw.end(), IsLetter) < 3) {
    parts->Keep(begin, end);
    return;
  }
  Field& field = parts->Text(begin, end, "path");
  Decode(Quoting::kPercent, parts, &field);
  if (!field.offsets.empty()) return;
  DecodedText text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char c = raw[i];
    if (c == '/' || c == '-' || c == '_') {
      text.Separate(' ', begin + i, begin + i + 1);
    } else {
      text.Copy(raw.substr(i, 1), begin + i);
    }
  }
  text.Finish(end, &field);
}

// "METHOD TARGET PROTOCOL" without its quotes.
void TakeRequest(std::size_t begin, std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  const std::size_t target = text.find(' ', begin);
  if (target == kNone || target + 1 >= end || text[target + 1] != '/') return;
  const std::size_t after = std::min(text.find(' ', target + 1), end);
  parts->Keep(begin, target);
  TakeTarget(target + 1, std::min(text.find('?', target), after), parts);
  TakePairs(target + 1, after, keys, parts);
  if (text.substr(after).substr(0, 6) == " HTTP/") parts->Keep(after, end);
}

// The end of the quoted string that begins at `at`; npos: there is none.
std::size_t QuotedEnd(std::string_view line, std::size_t at) {
  if (at >= line.size() || line[at] != '"') return kNone;
  for (std::size_t i = at + 1; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      return i;
    }
  }
  return kNone;
}

// Status and size.
std::size_t TakeNumbers(std::string_view line, std::size_t at, Parts* parts) {
  for (int i = 0; i < 2; ++i) {
    if (at >= line.size() || line[at] != ' ') return at;
    const std::size_t digits = DigitsAt(line, at + 1);
    const bool none = digits == 0 && line.substr(at + 1, 1) == "-";
    if (digits == 0 && !none) return at;
    const std::size_t end = at + 1 + digits + (none ? 1 : 0);
    parts->Keep(at + 1, end);
    at = end;
  }
  return at;
}

}  // namespace

void TakeTarget(std::size_t begin, std::size_t end, Parts* parts) {
  const std::string_view text = parts->entry().substr(0, end);
  std::size_t words = begin;
  for (std::size_t at = begin; at < end;) {
    const std::size_t from = at + (text[at] == '/' ? 1 : 0);
    const std::size_t to = std::min(text.find('/', from), end);
    if (IsId(text.substr(from, to - from))) {
      if (words < from) TakeWords(words, from, parts);
      parts->Slot(from, to, PhiType::kId, "path");
      words = to;
    }
    at = std::max(to, from);
    if (at == from && at < end && text[at] != '/') break;
  }
  if (words < end) TakeWords(words, end, parts);
}

bool TakeAccess(std::size_t end, Keys* keys, Parts* parts) {
  const std::string_view line = parts->entry().substr(0, end);
  const std::size_t open = line.substr(0, kLongestFront).find(" [");
  if (open == kNone) return false;
  const std::size_t host = std::min(line.find(' '), end);
  const std::size_t ident = host < open ? line.find(' ', host + 1) : kNone;
  if (ident == kNone || ident >= open) return false;
  const Stamp stamp = StampAt(line, open + 2);
  if (stamp.end == 0 || stamp.end >= end || line[stamp.end] != ']') {
    return false;
  }
  const std::string_view user = line.substr(ident + 1, open - ident - 1);
  if (IsAddress(line.substr(0, host))) {
    parts->Slot(0, host, PhiType::kIpAddress, "remote_addr");
  } else {
    parts->Text(0, host, "host");
  }
  if (!IsNoValue(user) && !IsServiceAccount(user)) {
    parts->Slot(ident + 1, open, PhiType::kUsername, "remote_user");
    parts->Known(PhiType::kUsername, user);
  }
  TakeStamp(open + 2, parts);
  std::size_t at = stamp.end + 2;
  const std::size_t request = QuotedEnd(line, at);
  if (request == kNone) return true;
  TakeRequest(at + 1, request, keys, parts);
  at = TakeNumbers(line, request + 1, parts);
  const std::size_t referer = QuotedEnd(line, at + 1);
  if (referer == kNone) return true;
  TakePairs(at + 2, referer, keys, parts);
  const std::size_t agent = QuotedEnd(line, referer + 2);
  if (agent == kNone) return true;
  if (IsAgent(line.substr(referer + 3, agent - referer - 3))) {
    parts->Keep(referer + 3, agent);
  }
  TakePairs(agent + 1, end, keys, parts);
  return true;
}

}  // namespace phiwire::log
