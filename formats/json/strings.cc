// SPDX-License-Identifier: Apache-2.0

#include "formats/json/strings.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace phiwire::json {
namespace {

constexpr std::size_t kUnicodeEscape = 6;  // \uXXXX

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The value of \uXXXX at `at`; nullopt when none stands there.
std::optional<char32_t> UnicodeAt(std::string_view raw, std::size_t at) {
  if (at + kUnicodeEscape > raw.size() || raw[at] != '\\' ||
      raw[at + 1] != 'u') {
    return std::nullopt;
  }
  char32_t value = 0;
  for (std::size_t i = at + 2; i < at + kUnicodeEscape; ++i) {
    const int digit = HexDigit(raw[i]);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value;
}

struct Escape {
  char32_t value = 0;
  std::size_t length = 0;  // 0: it stands for no character
};

Escape EscapeAt(std::string_view raw, std::size_t at) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  if (at + 1 >= raw.size()) return {};
  const std::size_t letter = kLetters.find(raw[at + 1]);
  if (letter != std::string_view::npos) {
    return {static_cast<unsigned char>(kMeant[letter]), 2};
  }
  const auto first = UnicodeAt(raw, at);
  if (!first || (*first >= 0xDC00 && *first <= 0xDFFF)) return {};
  if (*first < 0xD800 || *first > 0xDBFF) return {*first, kUnicodeEscape};
  const auto second = UnicodeAt(raw, at + kUnicodeEscape);
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return {};
  return {0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00),
          2 * kUnicodeEscape};
}

// copy(begin, end) for runs without escapes, put(value, at) for each escape.
template <class Copy, class Put>
void ForEachPiece(std::string_view raw, Copy copy, Put put) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t escape = std::min(raw.find('\\', at), raw.size());
    if (escape > at) copy(at, escape);
    if (escape == raw.size()) return;
    const Escape e = EscapeAt(raw, escape);
    put(e, escape);
    at = escape + std::max<std::size_t>(e.length, 1);
  }
}

}  // namespace

std::optional<std::size_t> FirstBadEscape(std::string_view raw) {
  std::optional<std::size_t> bad;
  ForEachPiece(
      raw, [](std::size_t, std::size_t) {},
      [&](const Escape& e, std::size_t at) {
        if (e.length == 0 && !bad) bad = at;
      });
  return bad;
}

std::string Decode(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  ForEachPiece(
      raw,
      [&](std::size_t begin, std::size_t end) {
        out.append(raw.substr(begin, end - begin));
      },
      [&](const Escape& e, std::size_t) { AppendUtf8(e.value, &out); });
  return out;
}

DecodedString DecodeWithOffsets(std::string_view raw, std::size_t at) {
  DecodedString out;
  out.text.reserve(raw.size());
  out.offsets.reserve(raw.size() + 1);
  ForEachPiece(
      raw,
      [&](std::size_t begin, std::size_t end) {
        out.text.append(raw.substr(begin, end - begin));
        for (std::size_t i = begin; i < end; ++i) {
          out.offsets.push_back(static_cast<std::uint32_t>(at + i));
        }
      },
      [&](const Escape& e, std::size_t begin) {
        AppendUtf8(e.value, &out.text);
        out.offsets.resize(out.text.size(),
                           static_cast<std::uint32_t>(at + begin));
      });
  out.offsets.push_back(static_cast<std::uint32_t>(at + raw.size()));
  return out;
}

void AppendEscaped(std::string_view text, std::string* out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      *out += '\\';
      *out += c;
    } else if (byte >= 0x20) {
      *out += c;
    } else if (c == '\n') {
      *out += "\\n";
    } else if (c == '\t') {
      *out += "\\t";
    } else if (c == '\r') {
      *out += "\\r";
    } else {
      *out += "\\u00";
      *out += kHex[byte >> 4];
      *out += kHex[byte & 15];
    }
  }
}

}  // namespace phiwire::json
