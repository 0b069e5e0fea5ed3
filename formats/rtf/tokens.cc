// SPDX-License-Identifier: Apache-2.0

#include "formats/rtf/tokens.h"

#include <string>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "base/strings.h"

namespace phiwire::rtf {
namespace {

constexpr std::size_t kMaxWord = 32;  // the specification's limit
constexpr std::size_t kMaxDigits = 10;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr ByteSet kStops(std::string_view("{}\\\r\n\0", 6));

absl::StatusOr<Token> ReadHex(std::string_view record, Token token) {
  const std::size_t at = token.begin;
  if (record.size() < at + 4) {
    return Refuse("a character without its number", at, record.size());
  }
  const int high = HexValue(record[at + 2]);
  const int low = HexValue(record[at + 3]);
  if (high < 0 || low < 0) {
    return Refuse("a character without its number", at, at + 4);
  }
  token.kind = Token::Kind::kHex;
  token.number = high * 16 + low;
  token.end = at + 4;
  return token;
}

absl::StatusOr<Token> ReadWord(std::string_view record, Token token) {
  std::size_t at = token.begin + 1;
  const std::size_t name = at;
  while (at < record.size() && IsLetter(record[at])) ++at;
  if (at - name > kMaxWord) {
    return Refuse("a control word too long", token.begin, at);
  }
  token.kind = Token::Kind::kWord;
  token.name = record.substr(name, at - name);
  token.number_begin = at;
  const bool minus =
      at + 1 < record.size() && record[at] == '-' && IsDigit(record[at + 1]);
  const std::size_t digits = minus ? at + 1 : at;
  const std::size_t size = DigitsAt(record, digits);
  if (size > kMaxDigits) {
    return Refuse("a number too long", token.begin, digits + size);
  }
  if (size > 0) {
    token.has_number = true;
    for (std::size_t i = digits; i < digits + size; ++i) {
      token.number = token.number * 10 + (record[i] - '0');
    }
    if (minus) token.number = -token.number;
    at = digits + size;
  }
  token.number_end = at;
  if (at < record.size() && record[at] == ' ') ++at;
  token.end = at;
  return token;
}

}  // namespace

absl::Status Refuse(std::string_view reason, std::size_t begin,
                    std::size_t end) {
  return absl::DataLossError(
      ToAbsl(Concat({"rtf: ", reason, " at bytes ", std::to_string(begin), "-",
                     std::to_string(end)})));
}

absl::StatusOr<Token> NextToken(std::string_view record, std::size_t at) {
  Token token;
  token.begin = at;
  token.end = at + 1;
  switch (record[at]) {
    case '{':
      token.kind = Token::Kind::kOpen;
      return token;
    case '}':
      token.kind = Token::Kind::kClose;
      return token;
    case '\r':
    case '\n':
    case '\0':
      token.kind = Token::Kind::kLineEnd;
      return token;
    case '\\':
      break;
    default:
      token.end = kStops.NextIn(record, token.end);
      return token;
  }
  if (at + 1 == record.size()) {
    return Refuse("a backslash at the end", at, at + 1);
  }
  const char next = record[at + 1];
  if (next == '\'') return ReadHex(record, token);
  if (IsLetter(next)) return ReadWord(record, token);
  token.kind = Token::Kind::kSymbol;
  token.name = record.substr(at + 1, 1);
  token.end = at + 2;
  return token;
}

bool EndsOpenWord(std::string_view record, std::size_t at) {
  std::size_t begin = at;
  const auto back = [&](auto is, std::size_t most) {
    const std::size_t from = begin;
    while (begin > 0 && from - begin < most && is(record[begin - 1])) --begin;
  };
  back(IsDigit, kMaxDigits);
  if (begin < at) back([](char c) { return c == '-'; }, 1);
  const std::size_t letters = begin;
  back(IsLetter, kMaxWord);
  if (begin == letters) return false;
  // An even number of backslashes is as many half as text.
  std::size_t slashes = 0;
  while (begin > slashes && record[begin - 1 - slashes] == '\\') ++slashes;
  return slashes % 2 == 1;
}

}  // namespace phiwire::rtf
