// SPDX-License-Identifier: Apache-2.0

#include "formats/markup/references.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/utf8.h"
#include "formats/markup/entities_generated.h"

namespace phiwire::markup {
namespace {

constexpr std::size_t kLongestName = 31;  // CounterClockwiseContourIntegral
constexpr std::size_t kLongestBareName = 6;
constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kNoBreakSpace = 0xA0;
constexpr char32_t kSoftHyphen = 0xAD;

// What &#128; to &#159; mean: Windows-1252, as browsers read them; 0: itself.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool IsAlnum(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Reference Make(std::string_view text, std::size_t length) {
  Reference out;
  out.size = text.copy(out.bytes.data(), out.bytes.size());
  out.length = length;
  return out;
}

Reference FromCodePoint(char32_t value, std::size_t length) {
  if (value >= 0x80 && value <= 0x9F && kWindows1252[value - 0x80] != 0) {
    value = kWindows1252[value - 0x80];
  }
  if (value == kNoBreakSpace) return Make(" ", length);
  if (value == kSoftHyphen) return Make("", length);
  std::string text;
  if (value == 0 || !AppendUtf8(value, &text)) AppendUtf8(kReplacement, &text);
  return Make(text, length);
}

int DigitOf(char c, bool hex) {
  if (IsDigit(c)) return c - '0';
  if (!hex) return -1;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Reference Numeric(std::string_view raw) {
  std::size_t at = 2;
  const bool hex = raw.size() > 2 && (raw[2] == 'x' || raw[2] == 'X');
  if (hex) ++at;
  const std::size_t digits = at;
  char32_t value = 0;
  for (; at < raw.size(); ++at) {
    const int digit = DigitOf(raw[at], hex);
    if (digit < 0) break;
    // Past U+10FFFF it stays invalid; no overflow.
    if (value <= 0x10FFFF) {
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
  }
  if (at == digits) return {};
  if (at < raw.size() && raw[at] == ';') ++at;
  return FromCodePoint(value, at);
}

const NamedReference* Find(std::string_view name) {
  const auto* const end = std::end(kNamedReferences);
  const auto* const found =
      std::lower_bound(std::begin(kNamedReferences), end, name,
                       [](const NamedReference& row, std::string_view key) {
                         return row.name < key;
                       });
  return found != end && found->name == name ? found : nullptr;
}

Reference FromTable(const NamedReference& row, std::size_t length) {
  if (row.text == "\u00A0") return Make(" ", length);
  if (row.text == "\u00AD") return Make("", length);
  return Make(row.text, length);
}

Reference Named(std::string_view raw, bool in_attribute) {
  const std::string_view rest = raw.substr(1, kLongestName + 1);
  std::size_t size = 0;
  while (size < rest.size() && IsAlnum(rest[size])) ++size;
  if (size < rest.size() && rest[size] == ';') {
    const NamedReference* const row = Find(rest.substr(0, size));
    if (row != nullptr) return FromTable(*row, size + 2);
  }
  for (std::size_t n = std::min(size, kLongestBareName); n >= 2; --n) {
    const NamedReference* const row = Find(rest.substr(0, n));
    if (row == nullptr || !row->bare) continue;
    const bool goes_on =
        n < rest.size() && (rest[n] == '=' || IsAlnum(rest[n]));
    if (in_attribute && goes_on) return {};
    return FromTable(*row, n + 1);
  }
  return {};
}

}  // namespace

Reference ReferenceAt(std::string_view raw, bool in_attribute) {
  if (raw.size() < 3) return {};
  if (raw[1] == '#') return Numeric(raw);
  return Named(raw, in_attribute);
}

void AppendReferences(std::string_view text, std::string* out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (const char c = text[i]) {
      case '&':
        *out += "&amp;";
        break;
      case '<':
        *out += "&lt;";
        break;
      case '>':
        *out += "&gt;";
        break;
      case '"':
        *out += "&quot;";
        break;
      case '\'':
        *out += "&#39;";
        break;
      case '`':
        *out += "&#96;";
        break;
      case '\\':
        *out += "&#92;";
        break;
      case '-':
        // Never the "--" that could end a comment, alone or with what stands
        // around it.
        if (i == 0 || i + 1 == text.size() || text[i - 1] == '-') {
          *out += "&#45;";
        } else {
          *out += c;
        }
        break;
      default:
        // Controls but white space are not allowed in XHTML.
        *out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'
                    ? ' '
                    : c;
    }
  }
}

}  // namespace phiwire::markup
